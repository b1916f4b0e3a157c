import type { ImportedOne, ImportOneRequest } from '../authoring/index.ts'
import type { RuntimeImport } from '../import/index.ts'
import { hasErrors, type Problem } from '../problem/index.ts'
import { IMPORT_VIEWS, keptAsText, remarksAsText } from '../report/index.ts'
import { diffOf } from './next-command.ts'
import { reportProblems } from './problems.ts'
import { projectFolder, type ProjectArgs } from './project.ts'
import { clustersFor, type ClusterArgs } from './session.ts'
import { show } from './show.ts'
import type { Terminal } from './terminal.ts'

type ImportArgs = Omit<ProjectArgs, 'namespace'> & ClusterArgs

/** What every import needs; a namespace is that of what is live, and not the project's. */
async function intoProject(args: ImportArgs, terminal: Terminal) {
  return {
    directory: await projectFolder(args),
    choice: { environment: args.environment },
    inCluster: clustersFor({ args, terminal }),
    onProblems: (problems: readonly Problem[]) => reportProblems(problems, terminal),
  }
}

type Wanted = Pick<
  ImportOneRequest,
  'type' | 'name' | 'namespace' | 'container' | 'allowLoss' | 'improve' | 'objects'
>

/** Writes the endpoint of one live object, and says what it would change. */
export async function importOne(
  args: ImportArgs,
  wanted: Wanted,
  terminal: Terminal,
): Promise<number> {
  const authoring = await import('../authoring/index.ts')
  const into = await intoProject(args, terminal)
  const imported = await authoring.importOne({ ...into, ...wanted })
  tell(imported, into.directory, terminal)
  if (hasErrors(imported.rendered.problems)) return 1
  terminal.err(diffOf(imported.environment.name, [imported.endpoint], args))
  return 0
}

function tell(imported: ImportedOne, directory: string, terminal: Terminal): void {
  const { path, beside, rendered, server, kept, remarks, unsaid } = imported
  terminal.out([path, ...beside].map(each => `${each}\n`).join(''))
  const own = rendered.problems.filter(({ place }) => place?.file === path)
  reportProblems([...unsaid, ...own], terminal, directory)
  if (rendered.objects.length === 0) return
  if (server !== undefined)
    terminal.out(`The model server is container ${server.name}: ${server.reason}.\n`)
  terminal.out(keptAsText(kept, terminal.paintOut))
  terminal.out(remarksAsText(remarks, terminal.paintOut))
}

interface AllWanted {
  kind: string | undefined
  namespace: string | undefined
  improve: boolean
  output: keyof typeof IMPORT_VIEWS
}

/** Writes the endpoints of a namespace; exit code 1 where one of a kind that can be imported is not written. */
export async function importAll(
  args: ImportArgs,
  { output, ...wanted }: AllWanted,
  terminal: Terminal,
): Promise<number> {
  const authoring = await import('../authoring/index.ts')
  const into = await intoProject(args, terminal)
  const onRuntime = (each: RuntimeImport) => terminal.err(lineOf(each))
  const imported = await authoring.importAll({ ...into, ...wanted, onRuntime })
  await show(IMPORT_VIEWS[output], imported, { terminal })
  const { environment, written, isComplete } = imported
  if (written.length > 0 && terminal.logFormat === 'text')
    terminal.err(diffOf(environment, written, args))
  return isComplete ? 0 : 1
}

/** Writes what the catalogue does not have yet; exit code 1 where it says something else than the cluster. */
export async function importRuntimes(
  args: ImportArgs,
  namespace: string | undefined,
  terminal: Terminal,
): Promise<number> {
  const authoring = await import('../authoring/index.ts')
  const into = await intoProject(args, terminal)
  const choice = { ...into.choice, namespace }
  const onRuntime = (each: RuntimeImport) => terminal.out(lineOf(each))
  const imports = await authoring.importRuntimes({ ...into, choice, onRuntime })
  return imports.some(({ state }) => state === 'other') ? 1 : 0
}

const WORDS = { new: 'written    ', same: 'unchanged  ', other: 'not written  ' }

function lineOf(each: RuntimeImport): string {
  const others = each.state === 'other' ? `: the cluster differs in ${each.fields.join(', ')}` : ''
  return `${WORDS[each.state]}${each.path}${others}\n`
}
