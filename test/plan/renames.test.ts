import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import type { Action } from '../../src/plan/action.ts'
import { markRenames } from '../../src/plan/decide/renames.ts'

function deployment(name: string, image: string): KubeObject {
  const containers = [{ name: 'server', image, env: [{ name: 'MODEL_REF', value: 'm-1' }] }]
  const spec = { template: { spec: { containers } } }
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, uid: name }, spec }
}

function prune(object: KubeObject, more: Partial<Action> = {}): Action {
  const { apiVersion, kind, metadata } = object
  return {
    type: 'prune',
    ref: { apiVersion, kind, name: metadata.name },
    endpoint: metadata.name,
    wave: 'workload',
    changes: [],
    reason: '',
    restartsPods: true,
    uid: metadata.name,
    ...more,
  }
}

interface Case {
  images: Record<string, string>
  settled?: string[]
  isKept?: boolean
  first?: boolean
}

/** `chat` goes; everything else of the case comes. */
const successor = test.macro((t, expected: string | undefined, given: Case) => {
  const old = deployment('chat', 'registry.example.com/chat:v1')
  const goes = prune(old, given.first === true ? { first: true } : {})
  const settled = given.settled ?? []
  const coming = Object.entries(given.images).map(([name, image]) => ({
    name,
    objects: [deployment(name, image)],
    actions: [],
    settled: settled.includes(name),
    readySeconds: 60,
  }))
  const leaving = {
    name: 'chat',
    objects: given.isKept === true ? [old] : [],
    actions: [],
    settled: false,
    readySeconds: 60,
  }
  markRenames({ actions: [goes], live: new Map([['chat', old]]), endpoints: [...coming, leaving] })
  t.is(goes.successor, expected)
})

test('the same server under another name is a rename', successor, 'talk', {
  images: { talk: 'registry.example.com/chat:v1', other: 'registry.example.com/other:v1' },
})
test('another image is no rename', successor, undefined, {
  images: { talk: 'registry.example.com/chat:v2' },
})
test('two candidates are no rename: which one is not clear', successor, undefined, {
  images: { talk: 'registry.example.com/chat:v1', tell: 'registry.example.com/chat:v1' },
})
test('an endpoint that goes on was not renamed', successor, undefined, {
  images: { talk: 'registry.example.com/chat:v1' },
  isKept: true,
})
test('a twin that serves already is no successor to wait for', successor, undefined, {
  images: { talk: 'registry.example.com/chat:v1' },
  actions: [],
  settled: ['talk'],
})
test('what must go first for its GPUs cannot wait', successor, undefined, {
  images: { talk: 'registry.example.com/chat:v1' },
  first: true,
})
