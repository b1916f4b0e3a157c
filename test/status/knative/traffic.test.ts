import test from 'ava'
import type { KubeObject } from '../../../src/object/index.ts'
import { assess, viewOf } from '../../../src/status/index.ts'
import { live } from '../build.ts'

/** In Knative mode an endpoint is ready when requests go where it says, by what the route of Knative says. */

interface Target {
  revisionName: string
  percent?: number
  tag?: string
  latestRevision?: boolean
}

interface Asked {
  share?: number
  newest?: string
  stable?: string
  before?: string
  traffic?: Target[]
}

function chat({ share, newest = 'chat-2', stable = newest, before, traffic }: Asked): KubeObject {
  const predictor = {
    ...(share !== undefined && { canaryTrafficPercent: share }),
    containers: [{ name: 'kserve-container', image: 'registry.example.com/chat:v2' }],
  }
  return live('serving.kserve.io/v1beta1', 'InferenceService', 'chat', {
    metadata: { generation: 2 },
    spec: { predictor },
    status: {
      deploymentMode: 'Knative',
      components: {
        predictor: {
          latestCreatedRevision: newest,
          latestReadyRevision: newest,
          latestRolledoutRevision: stable,
          ...(before !== undefined && { previousRolledoutRevision: before }),
          ...(traffic !== undefined && { traffic }),
        },
      },
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  })
}

const deployment = live('apps/v1', 'Deployment', 'chat-2-deployment', {
  metadata: {
    labels: {
      'serving.kserve.io/inferenceservice': 'chat',
      component: 'predictor',
      'serving.knative.dev/revision': 'chat-2',
      'serving.knative.dev/configurationGeneration': '2',
    },
  },
  spec: {
    template: {
      spec: {
        containers: [{ name: 'kserve-container', image: 'registry.example.com/chat:v2' }],
      },
    },
  },
})

const judged = (asked: Asked) =>
  assess({
    object: chat(asked),
    related: viewOf([deployment]),
    since: '2026-11-21T10:00:00Z',
    now: '2026-11-21T10:05:00Z',
  })

const latest = (percent: number): Target => ({
  revisionName: 'chat-2',
  percent,
  latestRevision: true,
})
const prev = (percent: number, revisionName = 'chat-1'): Target => ({
  revisionName,
  percent,
  tag: 'prev',
})

const READY: Record<string, Asked> = {
  'all to the newest': { traffic: [latest(100)] },
  'a share as it was written': { share: 10, stable: 'chat-1', traffic: [latest(10), prev(90)] },
  'a candidate that gets nothing yet': {
    share: 0,
    stable: 'chat-1',
    traffic: [latest(0), prev(100)],
  },
  'a candidate that gets all': { share: 100, before: 'chat-1', traffic: [latest(100)] },
  'the only revision there is, by its name and as the latest': {
    share: 10,
    traffic: [latest(10), prev(90, 'chat-2')],
  },
  'tags, which get no share': {
    traffic: [latest(100), { revisionName: 'chat-1', tag: 'old' }],
  },
  'no word of it, as of an older KServe': {},
}

for (const [what, asked] of Object.entries(READY))
  test(`W3, K9 · ready: ${what}`, t => {
    t.is(judged(asked).message, 'ready (revision chat-2)')
  })

const NOT_YET: Record<string, [Asked, wanted: number, now: number]> = {
  'another share': [{ share: 50, stable: 'chat-1', traffic: [latest(10), prev(90)] }, 50, 10],
  'a candidate that was promoted': [{ stable: 'chat-1', traffic: [latest(10), prev(90)] }, 100, 10],
  'a candidate that is given up': [
    { share: 0, stable: 'chat-1', traffic: [latest(50), prev(50)] },
    0,
    50,
  ],
  'a service that somebody has pinned to a revision': [{ traffic: [prev(100)] }, 100, 0],
  'all, of which a share goes back': [
    { share: 10, before: 'chat-1', traffic: [latest(100)] },
    10,
    100,
  ],
}

for (const [what, [asked, wanted, now]] of Object.entries(NOT_YET))
  test(`W3, K9 · waited for: ${what}`, t => {
    const { state, message } = judged(asked)
    t.is(state, 'progressing')
    t.is(
      message,
      `waiting for Knative to send ${wanted} % of the requests to revision chat-2, which gets ${now} % now`,
    )
  })
