import { existsSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { writeNewInside } from '../files/index.ts'
import { failure, type Problem } from '../problem/index.ts'
import { renderEnvironments } from '../project/index.ts'
import { projectFiles } from '../scaffold/index.ts'
import { repositoryAbove } from '../spec/index.ts'

export interface NewProject {
  /** Absolute. */
  folder: string
  /** As the folder when left out. */
  name?: string | undefined
  environment: string
  /** The project's name when left out. */
  namespace?: string | undefined
  /** kubeconfig context; the current one when left out. */
  context?: string | undefined
  /** Hears of each file, from the folder of the project: new, or there already, and kept. */
  onFile: (path: string, isNew: boolean) => void
}

/**
 * Writes the files of a project into a folder, and its workflows to the top of the repository, where GitHub looks for them. Resolves to what
 * is wrong with it then. Throws SlipwayError `usage` where there is a project already, or the name cannot be one.
 */
export async function writeNewProject(wanted: NewProject): Promise<readonly Problem[]> {
  const { folder, environment, context, onFile } = wanted
  refuseProject(folder)
  const name = checkedName(wanted.name ?? nameFrom(folder))
  const root = repositoryAbove(folder) ?? folder
  const place = slashed(relative(root, folder))
  const choices = { name, environment, namespace: wanted.namespace ?? name, context, folder: place }
  for (const { path, text, from } of projectFiles(choices)) {
    const home = from === 'project' ? folder : root
    // oxlint-disable-next-line no-await-in-loop
    const isNew = await writeNewInside({ folder: home, path, text })
    onFile(slashed(relative(folder, join(home, path))), isNew)
  }
  return (await renderEnvironments({ directory: folder, choice: {} })).problems
}

function slashed(path: string): string {
  return path.replaceAll(sep, '/')
}

function refuseProject(folder: string): void {
  if (!existsSync(join(folder, 'slipway.yaml'))) return
  throw failure('usage', `${folder} already has a slipway.yaml`, {
    remedy: 'Use "slipway new NAME" to add an endpoint, or remove it first.',
  })
}

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/

function checkedName(name: string): string {
  if (LABEL.test(name)) return name
  throw failure('usage', `"${name}" cannot be the name of a project`, {
    remedy: 'Give lower case letters, digits and dashes with --name, such as ml-endpoints.',
  })
}

function nameFrom(folder: string): string {
  return basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
}
