import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { failure, type Problem } from '../problem/index.ts'
import { listOf } from '../words/index.ts'

/**
 * Which problems are in these files, or in folders of them; all where none is named. Files are named from the current folder. Throws
 * SlipwayError where one does not exist, or is not in the project: that it has no problems would say nothing.
 */
export function problemsAsked(
  files: readonly string[],
  directory: string,
): (problem: Problem) => boolean {
  refuseOutside(files, directory)
  if (files.length === 0) return () => true
  const wanted = files.map(file => placeOf(file, directory))
  return ({ place }) =>
    place !== undefined &&
    wanted.some(each => each === '' || place.file === each || place.file.startsWith(`${each}/`))
}

/** A typing error in a commit hook is not to pass as valid. */
export function refuseMissing(files: readonly string[]): void {
  const missing = files.filter(file => !existsSync(file))
  if (missing.length === 0) return
  const does = missing.length === 1 ? 'does' : 'do'
  const isPattern = missing.some(file => /[*?[{]/.test(file))
  throw failure('unreadable-file', `${listOf(missing)} ${does} not exist`, {
    remedy: isPattern
      ? 'The shell found no file for the pattern: correct it, or leave it out.'
      : 'File names are relative to the current folder: correct them, or leave them out.',
  })
}

function refuseOutside(files: readonly string[], directory: string): void {
  const outside = files.filter(file => /^\.\.(\/|$)|^([a-z]:)?\//i.test(placeOf(file, directory)))
  if (outside.length === 0) return
  const is = outside.length === 1 ? 'is' : 'are'
  throw failure('usage', `${listOf(outside)} ${is} not in the project (${directory})`, {
    remedy: 'Leave them out, or name their project with -C.',
  })
}

/** Files are named from the current folder; places count from the project's. A link on the way leads to the same. */
function placeOf(file: string, directory: string): string {
  const path = resolve(file)
  const folder = realpathSync(dirname(path))
  return relative(realpathSync(directory), join(folder, basename(path))).replaceAll('\\', '/')
}
