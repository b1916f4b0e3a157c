import { lstatSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { failure } from '../problem/index.ts'
import { PROJECT_FILE } from './project.ts'
import { guard } from './tree/guard.ts'

/**
 * The nearest directory, from the given one upwards, that has a slipway.yaml. A link that leads nowhere counts: the project
 * above it is not meant, and neither is that above a folder that does not exist. Throws SlipwayError 'no-project'.
 */
export async function findProject(startDirectory: string): Promise<string> {
  const start = resolve(startDirectory)
  if (!isFolder(start)) throw noFolder(startDirectory)
  let directory = start
  while (!hasProjectFile(directory)) {
    const parent = dirname(directory)
    if (parent === directory) throw noProject(start)
    directory = parent
  }
  return directory
}

function hasProjectFile(directory: string): boolean {
  const path = join(directory, PROJECT_FILE)
  return guard(path, () => lstatSync(path)) !== undefined
}

function isFolder(directory: string): boolean {
  return guard(directory, () => statSync(directory))?.isDirectory() === true
}

/** A typing error is not to be answered by another project. */
function noFolder(directory: string) {
  return failure('no-project', `there is no folder ${directory}`, {
    remedy: 'Name the folder of the project with -C, from the current folder.',
  })
}

function noProject(start: string) {
  return failure('no-project', `there is no ${PROJECT_FILE} in ${start} or above it`, {
    remedy: 'Run "slipway init" to make a project here, or name its directory with -C.',
  })
}
