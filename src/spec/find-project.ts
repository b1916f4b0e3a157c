import { lstatSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { failure } from '../problem/index.ts'
import { PROJECT_FILE } from './project.ts'

/**
 * The nearest directory, from the given one upwards, that has a slipway.yaml. A link that leads nowhere counts: the project
 * above it is not meant. Throws SlipwayError 'no-project'.
 */
export async function findProject(startDirectory: string): Promise<string> {
  const start = resolve(startDirectory)
  let directory = start
  while (!hasProjectFile(directory)) {
    const parent = dirname(directory)
    if (parent === directory) throw noProject(start)
    directory = parent
  }
  return directory
}

function hasProjectFile(directory: string): boolean {
  return lstatSync(join(directory, PROJECT_FILE), { throwIfNoEntry: false }) !== undefined
}

function noProject(start: string) {
  return failure('no-project', `there is no ${PROJECT_FILE} in ${start} or above it`, {
    remedy: 'Run "slipway init" to make a project here, or name its directory with -C.',
  })
}
