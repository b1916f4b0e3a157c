import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { repositoryAbove } from '../spec/index.ts'

/**
 * Whether a folder has nothing to do with git. Judged by what is on disk: a repository that git refuses (of another owner, damaged,
 * without git on the PATH) is one all the same.
 */
export function isOutsideGit(directory: string): boolean {
  return gitAbove(directory) === undefined && process.env['GIT_DIR'] === undefined
}

/** The nearest folder upwards that has a `.git`, or is a bare repository. */
export function gitAbove(directory: string): string | undefined {
  return repositoryAbove(directory) ?? bareAbove(resolve(directory))
}

function bareAbove(directory: string): string | undefined {
  if (['HEAD', 'objects', 'refs'].every(name => existsSync(join(directory, name)))) return directory
  const parent = dirname(directory)
  return parent === directory ? undefined : bareAbove(parent)
}
