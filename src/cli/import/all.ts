import type { NamespaceRow } from '../../import/index.ts'
import { SlipwayError } from '../../problem/index.ts'
import { IMPORT_VIEWS } from '../../report/index.ts'
import { openProject } from '../../project/index.ts'
import { diffOf } from '../next-command.ts'
import { reportProblems } from '../problems.ts'
import { projectFolder } from '../project.ts'
import type { ProjectArgs } from '../project.ts'
import { withCluster } from '../session.ts'
import type { ClusterArgs } from '../session.ts'
import { show } from '../show.ts'
import type { Terminal } from '../terminal.ts'
import { fileOf, openInto, pathIn, problemsWith, renderedWith, writeNew } from './into.ts'
import type { Into } from './into.ts'
import { writeServingRuntimes } from './serving-runtimes.ts'

export interface AllArgs extends ProjectArgs, ClusterArgs {
  /** Only of this kind. */
  kind: string | undefined
  /** The environment's when left out. */
  namespace: string | undefined
  improve: boolean
  output: keyof typeof IMPORT_VIEWS
}

/** Writes the endpoints of a namespace; exit code 1 where one of a kind that can be imported is not written. */
export async function importAll(args: AllArgs, terminal: Terminal): Promise<number> {
  const { kind, namespace: wanted, output, ...rest } = args
  const directory = await projectFolder(args)
  const before = await openInto(rest, directory)
  const namespace = wanted ?? before.set.environment.namespace
  const { live, setId } = await listed({ ...args, namespace }, before, terminal)
  const into = await withRuntimes({ args: rest, live, namespace, before }, terminal)
  const { importNamespace } = await import('../../import/index.ts')
  const rows = await importNamespace({
    live,
    only: kind,
    setId,
    fileOf: name => fileOf(into, name),
    improve: args.improve,
    render: draft => renderedWith(draft, into),
    problemsOf: documents => problemsWith(documents, into),
  })
  for (const { document } of rows) if (document !== undefined) await writeNew(document, into)
  const result = { namespace, rows: rows.map(row => shownRow(row, into)) }
  await show(IMPORT_VIEWS[output], result, { terminal })
  tellNext(rows, rest, into, terminal)
  return rows.some(({ state, isPossible }) => state === 'not at all' && isPossible) ? 1 : 0
}

function tellNext(
  rows: readonly NamespaceRow[],
  given: object,
  { set }: Into,
  { err, logFormat }: Terminal,
): void {
  const names = rows.flatMap(({ document }) => document?.metadata.name ?? [])
  if (names.length > 0 && logFormat === 'text') err(diffOf(set.environment.name, names, given))
}

function shownRow({ kind, name, state, reasons, document }: NamespaceRow, into: Into) {
  const file = document === undefined ? {} : { file: pathIn(into, document.metadata.name) }
  return { kind, name, state, reasons, ...file }
}

async function listed(args: AllArgs & { namespace: string }, into: Into, terminal: Terminal) {
  const { listNamespace } = await import('../../import/index.ts')
  const { setId, setParent } = await import('../../object/index.ts')
  const { project, environment } = into.set
  const id = setId(setParent(project, environment.name, environment.namespace))
  const { live, problems } = await withCluster({ args, environment, terminal }, cluster =>
    listNamespace({ cluster, setId: id, namespace: args.namespace }),
  )
  reportProblems(problems, terminal)
  return { live, setId: id }
}

interface Catalogue {
  args: ProjectArgs & ClusterArgs
  live: Parameters<typeof import('../../import/index.ts').asksForRuntime>[0]
  namespace: string
  before: Into
}

/** Models with a format need the catalogue of serving runtimes: where the project has none, it is written first. */
async function withRuntimes(
  { args, live, namespace, before }: Catalogue,
  terminal: Terminal,
): Promise<Into> {
  const { asksForRuntime } = await import('../../import/index.ts')
  const { loadServingRuntimes } = await import('../../spec/index.ts')
  const source = await openProject(before.directory)
  const { value } = await loadServingRuntimes({ source, environment: before.set.environment.name })
  const isThere = value === undefined || value.catalogue.runtimes.length > 0
  if (isThere || !asksForRuntime(live)) return before
  try {
    await writeServingRuntimes({ ...args, namespace }, { ...terminal, out: terminal.err })
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error
    reportProblems(error.problems.map(asWarning), terminal)
  }
  return openInto(before.args, before.directory)
}

function asWarning<Problem extends object>(problem: Problem) {
  return { ...problem, severity: 'warning' as const }
}
