import { plural } from '../words/index.ts'
import { commandWords } from './next-command.ts'

/** What tells of files that were written into a folder. */
export function filesWritten(
  folder: string,
  written: readonly unknown[],
  removed: readonly unknown[],
): string {
  return `${plural(written.length, 'file')} written to ${folder}, ${removed.length} removed\n`
}

/** What tells of an artifact that was written, and of who pushes it: they know every registry's way of signing in. */
export function artifactWritten(
  { digest, tag }: { digest: string; tag: string },
  folder: string,
  reference: string,
): string {
  const layout = commandWords([`${folder}:${tag}`])
  return [
    `artifact ${digest} written to ${folder}`,
    `next: ${commandWords(['crane', 'push', folder, reference])}`,
    `or:   oras copy --from-oci-layout ${layout} ${commandWords([reference])}`,
    '',
  ].join('\n')
}
