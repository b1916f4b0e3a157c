import { actionsOf } from '../../src/plan/index.ts'
import test from 'ava'
import { namespaceAsJson } from '../../src/report/text/import.ts'
import { schemaOf } from '../../src/report/document-schema.ts'
import { asDocumented } from '../support/documented.ts'
import { explanationsAsJson, OUTPUT_KINDS } from '../../src/report/index.ts'
import { comparisonAsJson } from '../../src/report/comparison.ts'
import { planAsJson } from '../../src/report/plan-json.ts'
import { doctorAsJson } from '../../src/report/text/doctor.ts'
import type { StatusReport } from '../../src/overview/index.ts'
import { fleetAsJson } from '../../src/report/text/fleet.ts'
import { environmentsAsJson } from '../../src/report/text/environments.ts'
import { historyAsJson } from '../../src/report/text/history.ts'
import { outcomeAsJson } from '../../src/report/text/outcome.ts'
import { smokeAsJson } from '../../src/report/text/smoke.ts'
import { statusAsJson } from '../../src/report/text/status.ts'
import { validationAsJson } from '../../src/report/text/validation.ts'
import { aFullPlan, anAction, endpointsOf } from './plans.ts'

/** What `-o json` prints is what the published schemas say: no field more, no field otherwise. */

const counts = { create: 1, update: 0, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 3 }
const revision = { commit: 'a'.repeat(40), subject: 's', author: 'a', dirty: false, actor: 'alice' }
const problem = {
  code: 'bad-value' as const,
  severity: 'error' as const,
  message: 'port is 0',
  place: { file: 'endpoints/chat.yaml', line: 1, column: 2 },
  object: 'Deployment/llm-ops/chat',
  endpoint: 'chat',
  rule: 'ports',
  cause: 'why',
  remedy: 'what to do',
}
const diagnosis = { cause: 'image-pull', summary: 's', evidence: ['e'], remedy: 'r' }
const renamed = anAction('prune', 'Deployment', { name: 'old', successor: 'chat' })

const times = {
  time: '2026-11-25T10:00:00Z',
  counts,
  result: 'interrupted' as const,
  durationSeconds: 1,
}

const STATUS: StatusReport = {
  environment: 'dev',
  git: { commit: 'a'.repeat(40), dirty: true },
  lastRevision: { ...revision, ...times },
  endpoints: [
    {
      endpoint: 'chat',
      namespace: 'llm-ops',
      inGit: true,
      runtime: 'kserve',
      state: 'progressing',
      message: 'm',
      replicas: { ready: 1, desired: 2 },
      gpus: 2,
      image: 'i',
      model: 'm',
      address: 'http://chat',
      createdAt: times.time,
      phases: [{ phase: 'pulling', seconds: 3 }],
      diagnosis,
      revision: { commit: 'a'.repeat(40), dirty: false, time: times.time },
      sync: 'drifted',
      deviations: [
        {
          ref: renamed.ref,
          reason: 'differs from git',
          changes: [{ path: 'p', after: 1 }],
          conflicts: ['p is held'],
        },
      ],
      unseen: [{ ref: renamed.ref, reason: 'no right' }],
    },
    {
      endpoint: 'rag',
      inGit: false,
      state: 'absent',
      message: 'm',
      sync: 'unknown',
      deviations: [],
      unseen: [],
    },
  ],
}

/** Of the outermost fields; all others are always there. */
const OPTIONAL = new Set(['lastRevision', 'git'])

const DOCUMENTS: Record<(typeof OUTPUT_KINDS)[number], unknown> = {
  Import: namespaceAsJson({
    namespace: 'models',
    rows: [
      {
        kind: 'Deployment',
        name: 'chat',
        state: 'as it is',
        file: 'endpoints/chat.yaml',
        reasons: [],
      },
      { kind: 'StatefulSet', name: 'db', state: 'not at all', reasons: ['no endpoint'] },
    ],
  }),
  Validation: validationAsJson({
    environments: [{ name: 'dev', endpoints: 1, objects: 2 }],
    problems: [problem],
  }),
  Plan: planAsJson({
    ...aFullPlan(),
    endpoints: endpointsOf([...actionsOf(aFullPlan()), renamed]),
  }),
  Explanation: explanationsAsJson([
    {
      endpoint: 'chat',
      rows: [
        { path: 'spec.port', value: 8080, origin: { layer: 'built-in' } },
        {
          path: 'spec.image',
          value: 'chat:v1',
          origin: { layer: 'endpoint', place: problem.place },
        },
        { path: 'spec.replicas', value: 1, origin: undefined },
      ],
    },
  ]),
  Status: statusAsJson(STATUS),
  FleetStatus: fleetAsJson({
    project: 'shop',
    environments: [
      { environment: 'dev', context: 'here', report: STATUS, now: 0, problems: [] },
      { environment: 'live', now: 0, problems: [problem] },
    ],
  }),
  SmokeReport: smokeAsJson({
    environment: 'dev',
    endpoints: [
      { endpoint: 'chat', passed: false, checks: [], problem },
      {
        endpoint: 'rag',
        pod: 'rag-1',
        passed: false,
        checks: [
          { check: 'GET /health', status: 200, latencySeconds: 0.1 },
          { check: 'GET /x', problem },
        ],
      },
    ],
  }),
  DoctorReport: doctorAsJson({
    environment: 'dev',
    server: 'https://127.0.0.1:6443',
    findings: [
      { check: 'KServe', state: 'ok', message: 'm' },
      { check: 'quota', state: 'missing', message: 'm', remedy: 'r' },
    ],
  }),
  Environments: environmentsAsJson([
    { name: 'dev', pipeline: false },
    { name: 'live', namespace: 'llm', context: 'live', pipeline: true },
  ]),
  Comparison: comparisonAsJson({
    environment: 'dev',
    against: 'main',
    base: { state: 'broken', reason: 'main is not valid', problems: [problem] },
    uncommitted: ['endpoints/chat.yaml'],
    changes: actionsOf(aFullPlan()),
  }),
  ApplyOutcome: outcomeAsJson({
    environment: 'dev',
    revision,
    failures: [{ endpoint: 'chat', problem, diagnosis: { ...diagnosis, outlook: 'hopeless' } }],
    outcome: {
      result: 'failed',
      counts,
      endpoints: { chat: 'failed', rag: 'ready', old: 'deleted', new: 'skipped', fast: 'applied' },
      problems: [problem],
      durationSeconds: 3.2,
    },
  }),
  History: historyAsJson([
    {
      ...revision,
      ...times,
      only: ['chat'],
      commits: [{ hash: 'b'.repeat(40), subject: 's', author: 'a', time: '2026-11-25T09:00:00Z' }],
    },
    {
      dirty: true,
      actor: 'bob',
      time: '2026-11-24T10:00:00Z',
      counts,
      result: 'succeeded',
      durationSeconds: 1,
    },
  ]),
}

for (const kind of OUTPUT_KINDS) {
  test(`a ${kind} is what its schema says`, t => {
    const printed: unknown = JSON.parse(JSON.stringify(DOCUMENTS[kind]))
    t.deepEqual(asDocumented(kind, printed), printed)
    t.throws(() => asDocumented(kind, { ...(printed as object), kind: 'Other' }))
    const schema = schemaOf(kind)
    t.is(schema['$schema'], 'https://json-schema.org/draft/2020-12/schema')
    const keys = Object.keys(printed as object).filter(key => !OPTIONAL.has(key))
    t.deepEqual(schema['required'], keys)
  })
}
