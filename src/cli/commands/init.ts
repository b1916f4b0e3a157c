import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { writeNewInside } from '../../files/index.ts'
import { failure } from '../../problem/index.ts'
import { defineCommand } from '../command.ts'
import { validateProject } from '../validation.ts'
import { exitCodeFor, reportProblems } from '../problems.ts'

export const init = defineCommand({
  name: 'init',
  summary: 'Make this folder a project that can be pushed',
  description:
    'Writes slipway.yaml, an example endpoint, workflows for GitHub (preview, apply, drift, rollback), .gitattributes, and ' +
    'schemas with settings for editors. Files that are there already are kept.',
  positionals: {},
  options: {
    name: {
      type: 'string',
      requiresArg: true,
      describe: "The project's name; the folder's by default",
    },
    namespace: {
      alias: 'n',
      type: 'string',
      requiresArg: true,
      describe: "Namespace of the endpoints; the project's name by default",
    },
    context: { type: 'string', requiresArg: true, describe: 'kubeconfig context to apply to' },
  },
  examples: [
    ['init', 'In an empty repository'],
    ['init --name chat -e staging --context staging', 'With an environment of its own name'],
  ],
  run: async ({ directory, name, namespace, context, environment = 'production' }, terminal) => {
    const folder = resolve(directory)
    refuseProject(folder)
    const project = checkedName(name ?? nameFrom(folder))
    const { projectFiles } = await import('../../scaffold/index.ts')
    const choices = { name: project, environment, namespace: namespace ?? project, context }
    for (const { path, text } of projectFiles(choices)) {
      // oxlint-disable-next-line no-await-in-loop
      const isNew = await writeNewInside({ folder, path, text })
      terminal.out(`${isNew ? 'wrote' : 'kept '} ${path}\n`)
    }
    terminal.err(nextSteps(environment))
    const { problems } = await validateProject({}, folder)
    reportProblems(problems, terminal, folder)
    return exitCodeFor(problems)
  },
})

function nextSteps(environment: string): string {
  return `next: add slipway to the devDependencies of package.json, then
  npx --no slipway new NAME   your first endpoint
  npx --no slipway validate   and, with an API server of its own: npx --no slipway validate --server=sandbox
the workflows begin to run when the repository names its environments, each with its secret KUBECONFIG:
  gh variable set SLIPWAY_ENVIRONMENTS --body '["${environment}"]'
  gh secret set KUBECONFIG --env ${environment} < FILE
`
}

function refuseProject(folder: string): void {
  if (!existsSync(join(folder, 'slipway.yaml'))) return
  throw failure('usage', `there is a slipway.yaml in ${folder} already`, {
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
