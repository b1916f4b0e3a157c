import { posix } from 'node:path'
import { failure, type SlipwayError } from '../../problem/index.ts'
import type { Tree } from './tree.ts'

/** What cannot be read the same way in every clone is an error, never an endpoint less. */

interface Asked {
  tree: Pick<Tree, 'boundary'>
  /** The path as the user knows it. */
  shown: string
}

export function refuseLink(
  { tree, shown }: Asked,
  why: 'out' | 'circle' | 'nothing',
  target: string,
): SlipwayError {
  if (why === 'out') return leadsOut(shown, tree.boundary, target)
  const place = startOf(shown)
  if (why === 'circle') {
    return failure(
      'unreadable-file',
      `${shown} cannot be read: its symbolic links go in a circle`,
      {
        place,
        remedy: 'Put the file itself there, or correct the link.',
      },
    )
  }
  return failure('unreadable-file', `${shown} cannot be read: it leads nowhere`, {
    place,
    cause: `It is, or goes through, a symbolic link, and there is no ${target}.`,
    remedy: 'Correct the link, or delete it.',
  })
}

function leadsOut(shown: string, boundary: Tree['boundary'], target: string): SlipwayError {
  const isAbsolute = posix.isAbsolute(target)
  return failure('unreadable-file', `${shown} leads out of the ${boundary}, to ${target}`, {
    place: startOf(shown),
    ...(isAbsolute && { cause: 'An absolute link leads somewhere else in another clone.' }),
    remedy: isAbsolute
      ? `If the file is in the ${boundary}, make the link relative ("ln -sr"); else copy it: what is applied must be in git.`
      : `Copy the file into the ${boundary}: what is applied must be in git.`,
  })
}

/** A commit holds only the hash of a submodule's commit, so its files are not there to be read. */
export function refuseRepository(shown: string, path: string): SlipwayError {
  return failure('unreadable-file', `${shown} cannot be read: ${path} is a repository of its own`, {
    place: startOf(shown),
    cause:
      'The commits of this repository do not hold the files of a submodule, so what is applied would not be in git here.',
    remedy:
      'Copy the files into this repository, or make the other one a project of its own, with a slipway.yaml, and apply it there.',
  })
}

/** A pipe would be waited for, a device is not in git: what is mounted over a file to hide it is one. */
export const NO_FILE = 'it is not a file, but a folder, a pipe, a socket or a device'

export function unreadable(shown: string, why: string, error?: unknown): SlipwayError {
  return failure('unreadable-file', `${shown} cannot be read: ${why}`, {
    place: startOf(shown),
    error,
  })
}

const startOf = (file: string) => ({ file, line: 1, column: 1 })
