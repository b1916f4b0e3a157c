import { failure, hasErrors } from '../../problem/index.ts'
import {
  refuseMissing,
  validateProject,
  type Validation,
  type ValidationRequest,
} from '../../project/index.ts'
import { defineCommand } from '../command.ts'
import { atCluster } from '../options.ts'
import { annotate, exitCodeFor, folderInRepository, reportProblems } from '../problems.ts'
import { SEVERAL, severalOf } from '../environments.ts'
import { projectFolder } from '../project.ts'
import { appendSummary, lookOf } from '../show.ts'
import type { Terminal } from '../terminal.ts'
import { VALIDATION_VIEWS, validationAsMarkdown } from '../../report/index.ts'
import { clustersFor, type ClusterArgs } from '../session.ts'

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
    ...atCluster(VALIDATION_VIEWS),
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
    const where = serverOf(server)
    const environments = await severalOf(args)
    const validation = await validateProject({
      directory,
      choice: args,
      environments,
      files,
      tryOnServer: where && trialOn(where, { args, terminal }),
    })
    const subject = environments?.join(', ') ?? args.environment ?? 'all environments'
    await tell(validation, output, { subject, directory, terminal })
    return exitCodeFor(validation.problems)
  },
})

/** `--server` alone is the cluster. */
function serverOf(server: string | undefined): 'cluster' | 'sandbox' | undefined {
  if (server === undefined || server === 'sandbox') return server
  if (server === '' || server === 'cluster') return 'cluster'
  throw failure('usage', `--server cannot be "${server}": it is cluster or sandbox`, {
    remedy: 'Write --server=cluster before names of files.',
  })
}

/** As the command's result, at the lines concerned, and on the page of the run in GitHub Actions. */
async function tell(
  found: Validation,
  output: keyof typeof VALIDATION_VIEWS,
  where: { subject: string; directory: string; terminal: Terminal },
): Promise<void> {
  const { subject, directory, terminal } = where
  const validation = terminal.advised(found)
  const { problems } = validation
  const folder = folderInRepository(terminal.env, directory)
  const markdown = validationAsMarkdown(validation, subject)
  const text = await VALIDATION_VIEWS[output](validation, { ...lookOf(terminal), folder, subject })
  if (output === 'github') terminal.outCommands(text)
  else terminal.out(text)
  if (output === 'json') annotate(problems, terminal, directory)
  else if (output === 'text' || output === 'markdown') reportProblems(problems, terminal, directory)
  if (hasErrors(problems)) await appendSummary(markdown, terminal)
}

type Trial = NonNullable<ValidationRequest['tryOnServer']>

/** Lets an API server try what is rendered: the environment's, or a sandbox that goes when everything has been tried. */
function trialOn(
  server: 'cluster' | 'sandbox',
  { args, terminal }: { args: ClusterArgs; terminal: Terminal },
): Trial {
  const tryAll = async (where: ClusterArgs, ...[rendered]: Parameters<Trial>) => {
    const { tryEnvironments } = await import('../../trial/index.ts')
    const inCluster = clustersFor({ args: where, terminal })
    return tryEnvironments({ rendered, inCluster, isThrowAway: where !== args })
  }
  if (server === 'cluster') return rendered => tryAll(args, rendered)
  return async rendered => {
    const { kserveFor } = await import('../../trial/index.ts')
    const { kserveVersions, withThrowAway } = await import('../../sandbox/index.ts')
    const options = {
      name: `validate-${process.pid}`,
      kserve: kserveFor({ rendered, known: kserveVersions() }),
      signal: terminal.signal,
      onProgress: (message: string) => terminal.err(`${message}\n`),
    }
    return withThrowAway(options, ({ kubeconfig, context }) =>
      tryAll({ kubeconfig, context }, rendered),
    )
  }
}
