import type { OutcomeReport } from '../../src/delivery/index.ts'
import type { FleetStatus, StatusReport } from '../../src/overview/index.ts'
import { actionsOf, type Plan } from '../../src/plan/index.ts'
import type { SmokeReport } from '../../src/apply/index.ts'
import type { DoctorReport } from '../../src/doctor/index.ts'
import type { Validation } from '../../src/project/index.ts'
import type { Comparison } from '../../src/report/index.ts'
import type { Explanation } from '../../src/report/text/explain.ts'
import type { NamespaceReport } from '../../src/report/text/import.ts'
import type { AppliedRevision } from '../../src/revisions/index.ts'
import type { DescribedEnvironment } from '../../src/spec/index.ts'
import { aFullPlan, anAction, endpointsOf } from './plans.ts'

/** A result of each kind that is reported, with something in each of its fields. */

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
      components: [{ name: 'predictor', image: 'p', replicas: { ready: 1, desired: 1 } }],
      canary: {
        name: 'chat-canary',
        image: 'c',
        model: 'm2',
        weight: 10,
        replicas: { ready: 1, desired: 1 },
      },
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

export interface Results {
  import: NamespaceReport
  validation: Validation
  plan: Plan
  explanations: readonly Explanation[]
  status: StatusReport
  fleet: FleetStatus
  smoke: SmokeReport
  doctor: DoctorReport
  environments: readonly DescribedEnvironment[]
  comparison: Comparison
  outcome: OutcomeReport
  history: readonly AppliedRevision[]
}

export const RESULTS: Results = {
  import: {
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
  },
  validation: {
    environments: [{ name: 'dev', endpoints: 1, objects: 2 }],
    problems: [problem],
  },
  plan: {
    ...aFullPlan(),
    endpoints: endpointsOf([...actionsOf(aFullPlan()), renamed]),
  },
  explanations: [
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
  ],
  status: STATUS,
  fleet: {
    project: 'shop',
    environments: [
      { environment: 'dev', context: 'here', report: STATUS, now: 0, problems: [] },
      { environment: 'live', now: 0, problems: [problem] },
    ],
  },
  smoke: {
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
  },
  doctor: {
    environment: 'dev',
    server: 'https://127.0.0.1:6443',
    findings: [
      { check: 'KServe', state: 'ok', message: 'm' },
      { check: 'quota', state: 'missing', message: 'm', remedy: 'r' },
    ],
  },
  environments: [
    { name: 'dev', pipeline: false },
    { name: 'live', namespace: 'llm', context: 'live', pipeline: true, groups: ['eu'] },
  ],
  comparison: {
    environment: 'dev',
    against: 'main',
    base: { state: 'broken', reason: 'main is not valid', problems: [problem] },
    uncommitted: ['endpoints/chat.yaml'],
    changes: actionsOf(aFullPlan()),
  },
  outcome: {
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
  },
  history: [
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
  ],
}
