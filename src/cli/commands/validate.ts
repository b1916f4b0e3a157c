import { failure } from '../../problem/index.ts'
import type { Validation } from '../../report/index.ts'
import {
  problemsAsked,
  refuseMissing,
  renderEnvironments,
  withoutRepetition,
} from '../../project/index.ts'
import type { RenderedEnvironment } from '../../project/index.ts'
import { defineCommand } from '../command.ts'
import { CLUSTER, NAMESPACE, viewOption } from '../options.ts'
import { exitCodeFor } from '../problems.ts'
import { SEVERAL, severalOf } from '../environments.ts'
import { projectFolder } from '../project.ts'
import type { ProjectArgs } from '../project.ts'
import type { ClusterArgs } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { showValidation } from '../validation-view.ts'
import { VALIDATION_VIEWS } from '../../report/index.ts'

export const validate = defineCommand({
  name: 'validate',
  summary: 'Check specs, catalogues, policies and what they render to',
  description:
    'Loads and renders the project and lists every problem with file, line and column. Needs no cluster. ' +
    'Without -e, in every environment. With files, only their problems count (for editors and commit hooks).',
  positionals: { files: { describe: 'Only problems in these files', many: true } },
  options: {
    server: {
      type: 'string',
      describe:
        "Let an API server try every object, too: `cluster`, the environment's, by dry-runs, or `sandbox`, made for it and removed",
    },
    ...SEVERAL,
    ...CLUSTER,
    ...NAMESPACE,
    ...viewOption(VALIDATION_VIEWS),
  },
  examples: [
    ['validate', 'The whole project in every environment'],
    ['validate --server=sandbox', 'Also by a real API server, without a cluster'],
    ['validate -o sarif > slipway.sarif', 'For code scanning; -o github prints annotations'],
    ['validate -e production endpoints/chat.yaml', 'One file, with the settings of production'],
  ],
  run: async ({ files, output, server, ...args }, terminal) => {
    refuseMissing(files)
    const directory = await projectFolder(args)
    const isAsked = problemsAsked(files, directory)
    const environments = await severalOf(args)
    const validation = await validateWith({ args, environments, server, directory, terminal })
    const problems = validation.problems.filter(isAsked)
    const subject = environments?.join(', ') ?? args.environment ?? 'all environments'
    await showValidation({ ...validation, problems }, { output, subject, directory, terminal })
    return exitCodeFor(problems)
  },
})

interface ValidationRequest {
  args: ProjectArgs & ClusterArgs
  /** Several, instead of the one of the arguments. */
  environments: readonly string[] | undefined
  server: string | undefined
  directory: string
  terminal: Terminal
}

/** What is wrong already is not sent to a server. */
async function validateWith(request: ValidationRequest): Promise<Validation> {
  const { args, environments, server, directory, terminal } = request
  const { rendered, problems } = await renderEnvironments({ directory, choice: args, environments })
  const validation = { environments: rendered.map(sizeOf), problems }
  const where = serverOf(server)
  if (where === undefined || exitCodeFor(validation.problems) !== 0) return validation
  const { tryOnServer } = await import('../server-trial.ts')
  const found = await tryOnServer({ server: where, rendered, args, terminal })
  return { ...validation, problems: withoutRepetition([...validation.problems, ...found]) }
}

function sizeOf({ set, objects }: RenderedEnvironment): Validation['environments'][number] {
  return {
    name: set.environment.name,
    endpoints: set.endpoints.length,
    objects: objects.length,
  }
}

/** `--server` alone is the cluster. */
function serverOf(server: string | undefined): 'cluster' | 'sandbox' | undefined {
  if (server === undefined || server === 'sandbox') return server
  if (server === '' || server === 'cluster') return 'cluster'
  throw failure('usage', `--server cannot be "${server}": it is cluster or sandbox`, {
    remedy: 'Write --server=cluster before names of files.',
  })
}
