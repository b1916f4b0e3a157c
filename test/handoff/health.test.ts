import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { evaluate } from '@marcbachmann/cel-js'
import test from 'ava'
import { ARGO_HEALTH } from '../../src/handoff/argo-health.ts'
import { FLUX_HEALTH } from '../../src/handoff/flux-health.ts'
import { GO } from '../support/go.ts'
import { integers } from '../support/integers.ts'

/** Health rules over what controllers write, run by the engines' own interpreters (gopher-lua) or another of the same language. */

type Verdict = 'Healthy' | 'Degraded' | 'Progressing' | 'Suspended'
interface Case {
  title: string
  kind: string
  object: Record<string, unknown>
  verdict: Verdict
}

const isvc = (title: string, verdict: Verdict, status: object | undefined): Case => ({
  title,
  kind: 'serving.kserve.io_InferenceService',
  // The counter is that of the Deployment below, and never the same.
  object: {
    metadata: { generation: 3 },
    ...(status && { status: { observedGeneration: 2, ...status } }),
  },
  verdict,
})
const ready = (status: string, reason?: string) => ({
  conditions: [
    { type: 'IngressReady', status: 'True' },
    { type: 'Ready', status, ...(reason && { reason, message: reason }) },
    { type: 'Stopped', status: 'False', severity: 'Info' },
  ],
})
const predictor = (status: string, reason: string) => ({
  conditions: [...ready(status).conditions, { type: 'PredictorReady', status, reason }],
})
const model = (transitionStatus: string, targetModelState: string) => ({
  modelStatus: { transitionStatus, states: { activeModelState: 'Loaded', targetModelState } },
})
const route = (title: string, verdict: Verdict, parents: object[]): Case => ({
  title,
  kind: 'gateway.networking.k8s.io_HTTPRoute',
  object: { metadata: { generation: 2 }, status: { parents } },
  verdict,
})
const parent = (accepted: string, resolved: string, observedGeneration = 2) => ({
  conditions: [
    { type: 'Accepted', status: accepted, observedGeneration },
    { type: 'ResolvedRefs', status: resolved, observedGeneration },
  ],
})
const scaled = (title: string, verdict: Verdict, conditions: object[]): Case => ({
  title,
  kind: 'keda.sh_ScaledObject',
  object: { metadata: { generation: 1 }, status: { conditions } },
  verdict,
})

const CASES: Case[] = [
  isvc('just created', 'Progressing', undefined),
  isvc('a reconcile that fails has no conditions', 'Progressing', {
    modelStatus: { transitionStatus: '' },
  }),
  isvc('ready and loaded', 'Healthy', { ...ready('True'), ...model('UpToDate', 'Loaded') }),
  isvc('ready, by a KServe that says nothing of models', 'Healthy', ready('True')),
  isvc('a roll-out, the old one serves', 'Progressing', {
    ...ready('Unknown', 'ReplicaSetUpdated'),
    ...model('UpToDate', 'Loaded'),
  }),
  isvc('a roll-out as KServe 0.20 tells it, the old one serves', 'Progressing', {
    ...predictor('True', 'MinimumReplicasAvailable'),
    ...model('UpToDate', 'Loaded'),
  }),
  isvc('rolled out, as KServe 0.20 tells it', 'Healthy', {
    ...predictor('True', 'NewReplicaSetAvailable'),
    ...model('UpToDate', 'Loaded'),
  }),
  isvc('the new model loads, the old one serves', 'Progressing', {
    ...ready('True'),
    ...model('InProgress', 'Loading'),
  }),
  isvc('the new model failed, the old one serves', 'Degraded', {
    ...ready('True'),
    ...model('BlockedByFailedLoad', 'FailedToLoad'),
  }),
  isvc('no runtime for it', 'Degraded', { ...ready('False'), ...model('InvalidSpec', '') }),
  isvc('not available yet', 'Progressing', ready('False', 'MinimumReplicasUnavailable')),
  isvc('not available within its deadline', 'Degraded', ready('False', 'ProgressDeadlineExceeded')),
  isvc('stopped', 'Suspended', {
    conditions: [
      { type: 'Ready', status: 'False' },
      { type: 'Stopped', status: 'True' },
    ],
  }),
  route('no gateway', 'Progressing', []),
  route('accepted by all', 'Healthy', [parent('True', 'True'), parent('True', 'True')]),
  route('refused by one', 'Degraded', [parent('True', 'True'), parent('False', 'True')]),
  route('a backend that is not there', 'Degraded', [parent('True', 'False')]),
  route('of an earlier generation', 'Progressing', [parent('True', 'True', 1)]),
  scaled('nothing said yet', 'Progressing', []),
  scaled('ready', 'Healthy', [
    { type: 'Ready', status: 'True' },
    { type: 'Active', status: 'False' },
  ]),
  scaled('no scaler', 'Degraded', [{ type: 'Ready', status: 'False', message: 'no scaler' }]),
]

test('G3 · Argo CD: health by Lua', t => {
  t.timeout(170_000)
  const folder = mkdtempSync(join(tmpdir(), 'slipway-lua-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const calls = CASES.map(
    ({ kind, object }) =>
      `print((function(obj)\n${ARGO_HEALTH[kind]}\nend)(${lua(object)}).status)`,
  )
  const file = join(folder, 'health.lua')
  writeFileSync(file, calls.join('\n'))
  const cwd = join(import.meta.dirname, 'glua')
  const { stdout, stderr } = spawnSync(GO, ['tool', 'glua', file], { cwd, encoding: 'utf8' })
  // go says there, too, what it fetches the first time.
  t.is(stderr.replaceAll(/^go: downloading .*\n/gm, ''), '')
  const verdicts = stdout.trim().split('\n')
  t.deepEqual(
    CASES.map(({ title }, index) => `${title}: ${verdicts[index]}`),
    CASES.map(({ title, verdict }) => `${title}: ${verdict}`),
  )
})

test('G3 · Flux: health by CEL, failed before current', t => {
  const names = {
    Healthy: 'current',
    Degraded: 'failed',
    Progressing: 'neither',
    Suspended: 'neither',
  }
  const judged = CASES.flatMap(({ title, kind, object, verdict }) => {
    const rule = FLUX_HEALTH.find(each => kind.endsWith(`_${each.kind}`))
    if (rule === undefined) return []
    const data = integers(object) as Record<string, unknown>
    const isFailed = evaluate(rule.failed, data)
    const isCurrent = evaluate(rule.current, data)
    const told = isFailed === true ? 'failed' : isCurrent === true ? 'current' : 'neither'
    return [[`${title}: ${told}`, `${title}: ${names[verdict]}`]]
  })
  t.true(judged.length >= 8)
  for (const [told, expected] of judged) t.is(told, expected)
})

/** JSON as a table. */
function lua(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(lua).join(', ')}}`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, each]) => `[${JSON.stringify(key)}] = ${lua(each)}`)
    .join(', ')}}`
}
