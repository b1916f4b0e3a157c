import type { NamespaceRow, RuntimeImport } from '../import/index.ts'
import { setId, setParent, type KubeObject } from '../object/index.ts'
import { SlipwayError, type Problem } from '../problem/index.ts'
import { openProject } from '../project/index.ts'
import { loadServingRuntimes } from '../spec/index.ts'
import { pathIn, writeNew } from './folder.ts'
import { importRuntimes } from './import-runtimes.ts'
import {
  asFile,
  fileOf,
  openInto,
  problemsWith,
  renderedWith,
  type ImportInto,
  type Into,
} from './into.ts'

export interface ImportAllRequest extends ImportInto {
  /** Only of this kind. */
  kind?: string | undefined
  /** The environment's when left out. */
  namespace?: string | undefined
  /** Write slipway's defaults where a live object has nothing. */
  improve?: boolean
  /** Hears of kinds that may not be listed, and why serving runtimes were not written. */
  onProblems: (problems: readonly Problem[]) => void
  /** Hears of each serving runtime that models with a format need. */
  onRuntime: (step: RuntimeImport) => void
}

/** What became of everything that runs in a namespace. */
export interface ImportedNamespace {
  environment: string
  namespace: string
  rows: ImportedRow[]
  /** Names of the endpoints that were written. */
  written: string[]
  /** Everything that can be an endpoint is one now, or was. */
  isComplete: boolean
}

export interface ImportedRow extends Pick<NamespaceRow, 'kind' | 'name' | 'state' | 'reasons'> {
  /** Of what was written, below the project. */
  file?: string
}

/** Writes the endpoints of a namespace into a project. */
export async function importAll(request: ImportAllRequest): Promise<ImportedNamespace> {
  const before = await openInto(request)
  const { environment } = before.set
  const namespace = request.namespace ?? environment.namespace
  const { live, setId: id } = await listed(request, before, namespace)
  const into = await withRuntimes(request, { live, namespace, before })
  const { importNamespace } = await import('../import/index.ts')
  const rows = await importNamespace({
    live,
    only: request.kind,
    setId: id,
    fileOf: name => fileOf(into, name),
    improve: request.improve,
    render: draft => renderedWith(draft, into),
    problemsOf: documents => problemsWith(documents, into),
  })
  for (const { document } of rows)
    if (document !== undefined) await writeNew(into, asFile(document, into))
  return {
    environment: environment.name,
    namespace,
    rows: rows.map(row => rowOf(row, into)),
    written: rows.flatMap(({ document }) => document?.metadata.name ?? []),
    isComplete: !rows.some(({ state, isPossible }) => state === 'not at all' && isPossible),
  }
}

function rowOf({ kind, name, state, reasons, document }: NamespaceRow, into: Into): ImportedRow {
  const file = document === undefined ? {} : { file: pathIn(into, document.metadata.name) }
  return { kind, name, state, reasons, ...file }
}

async function listed(
  { inCluster, onProblems }: ImportAllRequest,
  { set: { project, environment } }: Into,
  namespace: string,
) {
  const { listNamespace } = await import('../import/index.ts')
  const id = setId(setParent(project, environment.name, environment.namespace))
  const { live, problems } = await inCluster(environment, cluster =>
    listNamespace({ cluster, setId: id, namespace }),
  )
  onProblems(problems)
  return { live, setId: id }
}

interface Catalogue {
  live: readonly KubeObject[]
  namespace: string
  before: Into
}

/** Models with a format need the catalogue of serving runtimes: where the project has none, it is written first. */
async function withRuntimes(
  request: ImportAllRequest,
  { live, namespace, before }: Catalogue,
): Promise<Into> {
  const { onProblems } = request
  const { asksForRuntime } = await import('../import/index.ts')
  const source = await openProject(before.directory)
  const { value } = await loadServingRuntimes({ source, environment: before.set.environment.name })
  const isThere = value === undefined || value.catalogue.runtimes.length > 0
  if (isThere || !asksForRuntime(live)) return before
  try {
    const choice = { ...request.choice, namespace }
    await importRuntimes({ ...request, choice })
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error
    onProblems(error.problems.map(problem => ({ ...problem, severity: 'warning' as const })))
  }
  return openInto(before)
}
