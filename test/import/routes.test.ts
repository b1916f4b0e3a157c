import test from 'ava'
import { at, entries, type KubeObject } from '../../src/object/index.ts'
import { imported, rendered } from '../support/import.ts'

/** An HTTPRoute that leads to a live workload becomes `route`. */

const IMAGE = 'registry.example.com/chat:v1'

const objects = rendered({
  metadata: { name: 'chat', namespace: 'llm' },
  spec: { image: IMAGE },
}).objects
const workload = objects.find(({ kind }) => kind === 'Deployment') as KubeObject
const related = objects.filter(({ kind }) => kind !== 'Deployment')

function aRoute(name: string, spec: object = {}, service = 'chat-svc'): KubeObject {
  const backendRefs = [{ name: service, port: 80 }]
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace: 'llm' },
    spec: {
      parentRefs: [{ namespace: 'edge', name: 'shared', sectionName: 'https' }],
      hostnames: ['chat.example.com'],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/v1' } }],
          backendRefs,
          timeouts: { request: '1m30s' },
        },
      ],
      ...spec,
    },
  }
}

const ROUTE = {
  host: 'chat.example.com',
  path: '/v1',
  gateway: { namespace: 'edge', name: 'shared', section: 'https' },
  timeout: '90s',
}

async function routeOf(live: { related?: KubeObject[]; others?: KubeObject[] }) {
  const { document, remarks } = await imported({
    workload,
    related: [...related, ...(live.related ?? [])],
    others: live.others ?? [],
  })
  return { route: document.spec.route, patches: document.spec.patches, remarks }
}

test('R7 · the route of slipway’s name is read back', async t => {
  const { route } = await routeOf({ related: [aRoute('chat-route')] })
  t.deepEqual(route, ROUTE)
})

test('R7 · so is one of another name that leads to the workload’s Service alone, which keeps its name', async t => {
  t.deepEqual((await routeOf({ others: [aRoute('public')] })).route, { name: 'public', ...ROUTE })
})

const elsewhere: [string, KubeObject[]][] = [
  ['that leads to another Service', [aRoute('public', {}, 'rank-svc')]],
  ['without a host', [aRoute('public', { hostnames: [] })]],
  ['of a mesh', [aRoute('public', { parentRefs: [{ kind: 'Service', name: 'chat-svc' }] })]],
  ['of which there are two', [aRoute('public'), aRoute('internal')]],
]
for (const [title, others] of elsewhere)
  test(`R7 · a route ${title} is none of the endpoint`, async t => {
    t.is((await routeOf({ others })).route, undefined)
  })

test('R7 · a path that is a pattern stays a matter of the patches', async t => {
  const matches = [{ path: { type: 'RegularExpression', value: '/v[0-9]/.*' } }]
  const [rule] = entries(at(aRoute('chat-route'), 'spec', 'rules'))
  const { route, patches } = await routeOf({
    related: [aRoute('chat-route', { rules: [{ ...rule, matches }] })],
  })
  t.like(route, { host: 'chat.example.com', path: undefined })
  t.true(JSON.stringify(patches).includes('/v[0-9]/.*'))
})
