import { isKserve, isRuntime } from '../../kinds/index.ts'
import { at, isTracked, keyOf, refOf, type KubeObject } from '../../object/index.ts'
import { SlipwayError, type Problem } from '../../problem/index.ts'
import { relatedRefs } from '../around/refs.ts'
import { endpointNameOf } from '../canary/slots.ts'
import type { Draft, Render } from '../draft.ts'
import { asKserveWrites } from '../inference-service/as-kserve-writes.ts'
import { importEndpoint } from '../import-endpoint.ts'
import { adoptionOf, type Adoption } from '../outcome/adoption.ts'
import { candidatesOf, type Candidate } from './candidates.ts'

export interface NamespaceRequest {
  /** All that there is, as far as it may be listed. */
  live: readonly KubeObject[]
  /** Only workloads of this kind. */
  only?: string | undefined
  /** The project's set. */
  setId: string
  /** Where the project has an endpoint of that name already. */
  fileOf: (name: string) => string | undefined
  improve?: boolean | undefined
  render: Render
  /** The problems of the project with all of these in it, by endpoint. */
  problemsOf: (documents: readonly Draft[]) => Promise<readonly Problem[]>
}

/** What becomes of one workload. */
export interface NamespaceRow extends Omit<Adoption, 'state'> {
  kind: string
  name: string
  state: Adoption['state'] | 'in git already'
  /** Its kind can be an endpoint. */
  isPossible: boolean
  /** What is to be written; none for what stays outside. */
  document?: Draft
}

/** The endpoints of all that runs in a namespace; what cannot be complete has no document, but reasons. */
export async function importNamespace(request: NamespaceRequest): Promise<NamespaceRow[]> {
  const rows: NamespaceRow[] = []
  for (const candidate of candidatesOf(request)) rows.push(await rowOf(candidate, request))
  return withoutMisfits(rows, request)
}

async function rowOf(
  { workload, reason }: Candidate,
  request: NamespaceRequest,
): Promise<NamespaceRow> {
  const { kind, metadata } = workload
  const row = { kind, name: metadata.name, isPossible: isRuntime(workload) && !isTracked(workload) }
  const file = request.fileOf(endpointNameOf(workload))
  if (reason !== undefined) return { ...row, state: 'not at all', reasons: [reason] }
  if (file !== undefined) return { ...row, state: 'in git already', reasons: [file] }
  return { ...row, ...(await adopted(workload, request)) }
}

async function adopted(workload: KubeObject, { live, improve, render }: NamespaceRequest) {
  try {
    const result = await importEndpoint({ ...around(workload, live), improve, render })
    const adoption = adoptionOf(result)
    return adoption.state === 'not at all' ? adoption : { ...adoption, document: result.document }
  } catch (error) {
    if (error instanceof SlipwayError) return adoptionOf(error)
    throw error
  }
}

/** What is named as slipway would name it, and the rest. */
function around(workload: KubeObject, live: readonly KubeObject[]) {
  const names = new Set(relatedRefs(workload).map(keyOf))
  const rest = live.filter(object => object !== workload)
  const byName = Map.groupBy(rest, object => names.has(keyOf(refOf(object))))
  return { workload, related: byName.get(true) ?? [], others: byName.get(false) ?? [] }
}

/** Whether an InferenceService among them leaves the server to a serving runtime. */
export function asksForRuntime(live: readonly KubeObject[]): boolean {
  return live.some(
    object =>
      isKserve(object) && at(asKserveWrites(object)['spec'], 'predictor', 'model') !== undefined,
  )
}

/** Endpoints that are valid alone, and not beside one another: two that want the same host, for example. */
async function withoutMisfits(
  rows: readonly NamespaceRow[],
  request: NamespaceRequest,
): Promise<NamespaceRow[]> {
  const documents = rows.flatMap(({ document }) => document ?? [])
  if (documents.length === 0) return [...rows]
  const problems = await request.problemsOf(documents)
  const errors = problems.filter(({ severity }) => severity === 'error')
  const misfit = rows.find(row => row.document !== undefined && reasonsFor(row, errors).length > 0)
  if (misfit === undefined) return [...rows]
  const { document: _document, ...rest } = misfit
  const refused = { ...rest, state: 'not at all' as const, reasons: reasonsFor(misfit, errors) }
  return withoutMisfits(
    rows.map(row => (row === misfit ? refused : row)),
    request,
  )
}

function reasonsFor({ document }: NamespaceRow, errors: readonly Problem[]): string[] {
  const name = document?.metadata.name
  return errors.filter(({ endpoint }) => endpoint === name).map(({ message }) => message)
}
