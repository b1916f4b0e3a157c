import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import type { Action } from '../../src/plan/index.ts'
import { relatedRemovals, relatedTo } from '../../src/plan/decide/related.ts'
import { anAction } from '../report/plans.ts'

/** Objects outside the set that a deletion is about, although nobody asked about them. */

const NEEDING: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'other', namespace: 'llm-ops', uid: 'o' },
  spec: {
    template: {
      spec: {
        serviceAccountName: 'reader',
        containers: [{ name: 'a', envFrom: [{ configMapRef: { name: 'prompts' } }] }],
        volumes: [{ name: 'cache', persistentVolumeClaim: { claimName: 'weights' } }],
      },
    },
  },
}

const pruned = (kind: string, name: string, apiVersion = 'v1'): Action => {
  const action = anAction('prune', kind)
  return { ...action, ref: { apiVersion, kind, namespace: 'llm-ops', name } }
}

function relatedOf(action: Action) {
  const scope = { desired: [], setId: 'own' }
  return relatedTo([action], { scope, live: { objects: [] }, objects: [NEEDING] })
}

for (const [kind, name, purpose] of [
  ['ConfigMap', 'prompts', 'variables'],
  ['ServiceAccount', 'reader', 'service account'],
  ['PersistentVolumeClaim', 'weights', 'volume cache'],
] as const)
  test(`S1 · whose pods need a ${kind} that goes is told, and never deleted with it`, t => {
    const related = relatedOf(pruned(kind, name))
    t.is(related[0]?.reason, `needs ${kind}/llm-ops/${name} (${purpose})`)
    t.deepEqual(relatedRemovals(related), [])
  })

test('S1 · whose pods need another of that kind or name is not', t => {
  t.deepEqual(relatedOf(pruned('ConfigMap', 'reader')), [])
  t.deepEqual(relatedOf(pruned('ConfigMap', 'prompts', 'example.com/v1')), [])
})
