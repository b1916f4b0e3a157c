import { existsSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import { writeNewInside } from '../../files/index.ts'
import { failure } from '../../problem/index.ts'
import { renderEnvironments } from '../../project/index.ts'
import { defineCommand } from '../command.ts'
import { exitCodeFor, reportProblems } from '../problems.ts'

export const init = defineCommand({
  name: 'init',
  summary: 'Set up a project in this folder, ready to be pushed',
  description:
    'Writes slipway.yaml, an example endpoint, workflows for GitHub (preview, apply, canary, drift, promote, rollback, status), ' +
    '.gitattributes, and schemas with settings for editors. Existing files are kept.',
  positionals: {},
  options: {
    name: {
      type: 'string',
      requiresArg: true,
      describe: 'Name the project; by default as the folder',
    },
    namespace: {
      alias: 'n',
      type: 'string',
      requiresArg: true,
      describe: "Put the endpoints into this namespace; by default the project's name",
    },
    context: {
      type: 'string',
      requiresArg: true,
      describe: 'Write this kubeconfig context into the environment',
    },
  },
  examples: [
    ['init', 'In an empty repository'],
    ['init --name chat -e staging --context staging', 'With an environment of its own name'],
  ],
  run: async ({ directory, name, namespace, context, environment = 'production' }, terminal) => {
    const folder = resolve(directory)
    refuseProject(folder)
    const project = checkedName(name ?? nameFrom(folder))
    const { nextSteps, projectFiles } = await import('../../scaffold/index.ts')
    const root = await repositoryOf(folder)
    const place = relative(root, folder).replaceAll(sep, '/')
    const choices = { name: project, environment, namespace: namespace ?? project, context }
    for (const { path, text, from } of projectFiles({ ...choices, folder: place })) {
      const home = from === 'project' ? folder : root
      // oxlint-disable-next-line no-await-in-loop
      const isNew = await writeNewInside({ folder: home, path, text })
      terminal.out(`${isNew ? 'wrote' : 'kept '} ${shown(home, path, folder)}\n`)
    }
    terminal.err(nextSteps({ environment, context }))
    const { problems } = await renderEnvironments({ directory: folder, choice: {} })
    reportProblems(problems, terminal, folder)
    return exitCodeFor(problems)
  },
})

/** The top of the repository, where GitHub looks for workflows; outside git the folder itself. */
async function repositoryOf(folder: string): Promise<string> {
  const { repositoryAbove } = await import('../../spec/index.ts')
  return repositoryAbove(folder) ?? folder
}

/** From the folder of the project. */
function shown(home: string, path: string, folder: string): string {
  return relative(folder, join(home, path)).replaceAll(sep, '/')
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
