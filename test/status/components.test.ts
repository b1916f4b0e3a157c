import test from 'ava'
import { endpointStatus, viewOf } from '../../src/status/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { statusDetails } from '../../src/report/text/status.ts'
import { OLD, child, service } from './kserve-build.ts'

/** A transformer and an explainer have pods of their own, and an endpoint is as ready as the least of them. */

function iris(components: readonly string[], metadata = {}): KubeObject {
  const made = service('ready', metadata)
  const more = Object.fromEntries(components.map(name => [name, { containers: [{ name }] }]))
  return { ...made, spec: { ...Object(made['spec']), ...more } }
}

const made = (owner: KubeObject, component: string, ready = 1) =>
  child(owner, {
    name: `llm-std-${component}`,
    ...(component !== 'predictor' && { image: `registry.example.com/${component}:1` }),
    status: { readyReplicas: ready, availableReplicas: ready },
  })

const statusOf = (object: KubeObject, children: KubeObject[]) =>
  endpointStatus({ objects: [object], related: viewOf(children) })

test('K3 · status names every component with its pods', t => {
  const object = iris(['transformer', 'explainer'])
  const found = statusOf(
    object,
    ['predictor', 'transformer', 'explainer'].map(each => made(object, each)),
  )
  t.is(found.state, 'ready')
  t.deepEqual(found.components, [
    {
      name: 'predictor',
      replicas: { ready: 1, desired: 1 },
      image: OLD,
    },
    {
      name: 'transformer',
      replicas: { ready: 1, desired: 1 },
      image: 'registry.example.com/transformer:1',
    },
    {
      name: 'explainer',
      replicas: { ready: 1, desired: 1 },
      image: 'registry.example.com/explainer:1',
    },
  ])
})

test('K3 · a predictor that is alone is told once', t => {
  const object = iris([])
  t.is(statusOf(object, [made(object, 'predictor')]).components, undefined)
})

test('K3 · a component that KServe has not made yet is waited for, and named', t => {
  const object = iris(['transformer'])
  const { state, message, components } = statusOf(object, [made(object, 'predictor')])
  t.is(state, 'progressing')
  t.regex(message, /make the Deployment of its transformer/)
  t.deepEqual(components?.[1], { name: 'transformer', replicas: { ready: 0, desired: 1 } })
})

test('K3 · a component that is not ready is named in the message and below the table', t => {
  const object = iris(['transformer'])
  const found = statusOf(object, [made(object, 'predictor'), made(object, 'transformer', 0)])
  t.is(found.state, 'progressing')
  t.regex(found.message, /^transformer: /)
  const shown = {
    ...found,
    inGit: true,
    sync: 'synced' as const,
    deviations: [],
    unseen: [],
  }
  const plain = (_style: string, text: string) => text
  t.true(
    statusDetails(shown, 'test', plain).some(line =>
      line.endsWith(': predictor 1 of 1 pod ready, transformer 0 of 1 pod ready'),
    ),
  )
})

test('K3 · under Knative, whose revisions stand between, no pods are counted', t => {
  const object = iris(['transformer'])
  const status = { ...Object(object['status']), deploymentMode: 'Knative' }
  t.is(statusOf({ ...object, status }, []).components, undefined)
})
