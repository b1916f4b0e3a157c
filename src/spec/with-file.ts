import type { Source } from './source.ts'

/** The same files and one more, as if it had been written. */
export function withFile(source: Source, { path, text }: { path: string; text: string }): Source {
  return {
    ...source,
    list: async folder => {
      const files = await source.list(folder)
      const isBelow = path.startsWith(`${folder}/`) && !files.includes(path)
      return isBelow ? [...files, path].toSorted() : files
    },
    read: async asked => (asked === path ? new TextEncoder().encode(text) : source.read(asked)),
  }
}
