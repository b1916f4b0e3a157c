import { resolve } from 'node:path'
import { defineCommand } from '../command.ts'
import { textFlag } from '../options.ts'
import { exitCodeFor, reportProblems } from '../problems.ts'

export const init = defineCommand({
  name: 'init',
  summary: 'Set up a project in this folder, ready to be pushed',
  description:
    'Writes slipway.yaml, an example endpoint, workflows for GitHub (preview, apply, canary, drift, promote, rollback, status), ' +
    '.gitattributes, and schemas with settings for editors. Existing files are kept.',
  positionals: {},
  options: {
    name: textFlag('Name the project; by default as the folder'),
    namespace: {
      alias: 'n',
      ...textFlag("Put the endpoints into this namespace; by default the project's name"),
    },
    context: textFlag('Write this kubeconfig context into the environment'),
  },
  examples: [
    ['init', 'In an empty repository'],
    ['init --name chat -e staging --context staging', 'With an environment of its own name'],
  ],
  run: async ({ directory, name, namespace, context, environment = 'production' }, terminal) => {
    const folder = resolve(directory)
    const { writeNewProject } = await import('../../authoring/index.ts')
    const { nextSteps } = await import('../../scaffold/index.ts')
    const problems = await writeNewProject({
      folder,
      name,
      environment,
      namespace,
      context,
      onFile: (path, isNew) => terminal.out(`${isNew ? 'wrote' : 'kept '} ${path}\n`),
    })
    terminal.err(nextSteps({ environment, context }))
    reportProblems(problems, terminal, folder)
    return exitCodeFor(problems)
  },
})
