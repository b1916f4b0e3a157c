import { lstatSync, realpathSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Source } from './source.ts'
import { diskTree, type Recorded } from './tree/disk-tree.ts'
import { guard } from './tree/guard.ts'
import { openTree } from './tree/open-tree.ts'

/**
 * A project's files on disk. Symbolic links are followed inside the repository that the project is in, outside git inside the
 * project, and refused where they lead out. `recorded` says what git knows of links and submodules that the disk does not show.
 */
export function openFolder(directory: string, { recorded }: { recorded?: Recorded } = {}): Source {
  const project = realFolder(resolve(directory))
  const repository = repositoryAbove(project)
  const tree = diskTree(repository ?? project, {
    boundary: repository === undefined ? 'project' : 'repository',
    recorded: repository === undefined ? undefined : recorded,
  })
  const prefix = repository === undefined ? '' : relative(repository, project).replaceAll(sep, '/')
  return openTree(tree, { prefix, description: resolve(directory) })
}

/** The nearest folder, from the given one upwards, that has a `.git`, whatever that is. */
export function repositoryAbove(directory: string): string | undefined {
  for (let folder = realFolder(resolve(directory)); ; folder = dirname(folder)) {
    const path = join(folder, '.git')
    if (guard(path, () => lstatSync(path)) !== undefined) return folder
    if (dirname(folder) === folder) return undefined
  }
}

/** Where there is none, looking for its files says so. */
function realFolder(directory: string): string {
  try {
    return realpathSync.native(directory)
  } catch {
    return directory
  }
}
