import type { Source } from '../../src/spec/index.ts'

/** A project's files without a disk. */
export function memorySource(files: Iterable<readonly [string, string | Uint8Array]>): Source {
  const encoder = new TextEncoder()
  const all = new Map(
    [...files].map(([path, content]) => [
      path,
      typeof content === 'string' ? encoder.encode(content) : content,
    ]),
  )
  return {
    description: 'memory',
    list: async folder => [...all.keys()].filter(path => path.startsWith(`${folder}/`)).toSorted(),
    read: async path => all.get(path),
  }
}
