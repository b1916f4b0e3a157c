import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { failure } from '../../problem/index.ts'
import type { Problem } from '../../problem/index.ts'
import { listOf } from '../../words/index.ts'
import type { Validation } from '../../report/index.ts'
import { renderEnvironments, withoutRepetition } from '../../project/index.ts'
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
    refuseOutside(files, directory)
    const environments = await severalOf(args)
    const validation = await validateWith({ args, environments, server, directory, terminal })
    const isShown = files.length === 0 ? () => true : isIn(files, directory)
    const problems = validation.problems.filter(isShown)
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

/** A typing error in a commit hook is not to pass as valid. */
function refuseMissing(files: readonly string[]): void {
  const missing = files.filter(file => !existsSync(file))
  if (missing.length === 0) return
  const does = missing.length === 1 ? 'does' : 'do'
  const isPattern = missing.some(file => /[*?[{]/.test(file))
  throw failure('unreadable-file', `${listOf(missing)} ${does} not exist`, {
    remedy: isPattern
      ? 'The shell found no file for the pattern: correct it, or leave it out.'
      : 'File names are relative to the current folder: correct them, or leave them out.',
  })
}

/** Of a file of something else, that it has no problems says nothing. */
function refuseOutside(files: readonly string[], directory: string): void {
  const outside = files.filter(file => /^\.\.(\/|$)|^([a-z]:)?\//i.test(placeOf(file, directory)))
  if (outside.length === 0) return
  const is = outside.length === 1 ? 'is' : 'are'
  throw failure('usage', `${listOf(outside)} ${is} not in the project (${directory})`, {
    remedy: 'Leave them out, or name their project with -C.',
  })
}

/** Files are named from the current folder; places count from the project's. A link on the way leads to the same. */
function placeOf(file: string, directory: string): string {
  const path = resolve(file)
  const folder = realpathSync(dirname(path))
  return relative(realpathSync(directory), join(folder, basename(path))).replaceAll('\\', '/')
}

/** A folder stands for all that is in it. */
function isIn(files: readonly string[], directory: string): (problem: Problem) => boolean {
  const wanted = files.map(file => placeOf(file, directory))
  return ({ place }) =>
    place !== undefined &&
    wanted.some(each => each === '' || place.file === each || place.file.startsWith(`${each}/`))
}
