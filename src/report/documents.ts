import type * as z from 'zod'
import type { SmokeReport } from '../apply/index.ts'
import type { OutcomeReport } from '../delivery/index.ts'
import type { DoctorReport } from '../doctor/index.ts'
import { API_VERSION } from '../object/index.ts'
import type { FleetStatus, StatusReport } from '../overview/index.ts'
import type { Plan } from '../plan/index.ts'
import { hasErrors } from '../problem/index.ts'
import type { Validation } from '../project/index.ts'
import type { AppliedRevision } from '../revisions/index.ts'
import type { DescribedEnvironment } from '../spec/index.ts'
import { plannedActions, type Change } from './change.ts'
import type { Comparison } from './comparison.ts'
import type { DOCUMENTS, OutputKind } from './document-schema.ts'
import { endpointChanges } from './endpoint-change.ts'
import { effectsOf } from './impact/impact.ts'
import type { Explanation } from './text/explain.ts'
import { allFailures } from './text/failures.ts'
import { gpusOf } from './text/fleet.ts'
import type { NamespaceReport } from './text/import.ts'

/** A document as its schema in document-schema.ts describes it. Type-only: no command that prints one loads zod for it. */
export type OutputDocument<Kind extends OutputKind = OutputKind> = {
  [Each in Kind]: Frozen<z.infer<(typeof DOCUMENTS)[Each]>>
}[Kind]

/** Reports are read, never written to. */
type Frozen<Value> = Value extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
    : Value

/** What each document is of. */
export interface Results {
  Validation: Validation
  Explanation: readonly Explanation[]
  Plan: Plan
  Comparison: Comparison
  ApplyOutcome: OutcomeReport
  Status: StatusReport
  FleetStatus: FleetStatus
  SmokeReport: SmokeReport
  DoctorReport: DoctorReport
  History: readonly AppliedRevision[]
  Environments: readonly DescribedEnvironment[]
  Import: NamespaceReport
}

type Form<Kind extends OutputKind> = (
  result: Results[Kind],
) => Omit<OutputDocument<Kind>, 'apiVersion' | 'kind'>

/** What the documented JSON form of each result says, beside what it is. */
const FORMS: { [Kind in OutputKind]: Form<Kind> } = {
  Validation: ({ environments, problems }) => ({
    valid: !hasErrors(problems),
    environments,
    problems,
  }),
  Explanation: endpoints => ({ endpoints }),
  // Without the objects to be applied: these are `slipway render`'s.
  Plan: plan => {
    const { project, environment, hash, createNamespaces, unchanged, related, problems } = plan
    const endpoints = changesAsJson(plannedActions(plan))
    return { project, environment, hash, endpoints, createNamespaces, unchanged, related, problems }
  },
  Comparison: ({ environment, against, base, uncommitted, changes }) => ({
    environment,
    against,
    base: base.state,
    uncommitted,
    problems: base.problems,
    endpoints: changesAsJson(changes),
  }),
  ApplyOutcome: ({ environment, revision, deletion, outcome, failures }) => ({
    environment,
    revision,
    ...(deletion && { deletion }),
    ...outcome,
    problems: allFailures(outcome.problems, failures).map(({ problem, diagnosis }) =>
      diagnosis === undefined ? problem : { ...problem, diagnosis },
    ),
  }),
  Status: ({ environment, endpoints, lastRevision, lastDeletion, git, problems = [] }) => ({
    environment,
    lastRevision,
    ...(lastDeletion && { lastDeletion }),
    git,
    endpoints,
    problems,
  }),
  FleetStatus: ({ project, environments }) => ({
    project,
    environments: environments.map(({ environment, context, report, problems }) => ({
      environment,
      ...(context === undefined ? {} : { context }),
      isKnown: report !== undefined,
      ...(report && { gpus: gpusOf(report), status: documentOf('Status', report) }),
      problems,
    })),
  }),
  SmokeReport: ({ environment, endpoints }) => ({
    environment,
    passed: endpoints.every(({ passed }) => passed),
    endpoints,
  }),
  DoctorReport: ({ environment, server, findings }) => ({
    environment,
    server,
    healthy: findings.every(({ state }) => state !== 'missing'),
    findings,
  }),
  History: revisions => ({ revisions }),
  Environments: environments => ({ environments }),
  Import: ({ namespace, rows }) => ({ namespace, objects: rows }),
}

/** The kinds of documents that commands print with `-o json` and whose schema is published. */
export const OUTPUT_KINDS = Object.keys(FORMS) as OutputKind[]

/** A result in its documented JSON form. */
export function documentOf<Kind extends OutputKind>(
  kind: Kind,
  result: Results[Kind],
): OutputDocument<Kind> {
  const form: Form<Kind> = FORMS[kind]
  return { apiVersion: API_VERSION, kind, ...form(result) } as OutputDocument<Kind>
}

type Endpoints = OutputDocument<'Plan'>['endpoints']

function changesAsJson(changes: readonly Change[]): Endpoints {
  return endpointChanges(changes).map(({ changes: group, ...endpoint }) => ({
    ...endpoint,
    effects: effectsOf(endpoint.impact).map(({ text }) => text),
    actions: group.map(actionAsJson),
  }))
}

/** What is shown of an action; what is applied is `slipway render`'s to print. */
function actionAsJson(change: Change): Endpoints[number]['actions'][number] {
  const { type, ref, endpoint, changes, reason, restartsPods, successor, losses } = change
  const more = { ...(successor !== undefined && { successor }), ...(losses && { losses }) }
  return { type, ref, endpoint, changes, reason, restartsPods, ...more }
}

/** JSON Schema (draft 2020-12) of such a document. Within one version fields may be added. */
export async function documentSchema(kind: OutputKind): Promise<Record<string, unknown>> {
  const { schemaOf } = await import('./document-schema.ts')
  return schemaOf(kind)
}
