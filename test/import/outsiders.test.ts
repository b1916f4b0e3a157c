import test from 'ava'
import { ownedElsewhere } from '../../src/import/around/outsiders.ts'
import { ownSelector } from '../../src/import/around/selectors.ts'
import { OTHER_WORKLOADS } from '../../src/kinds/index.ts'
import type { KubeObject } from '../../src/object/index.ts'

/** What stands around a workload that is imported alone. */

const labels = { app: 'iris' }
const pods = (kind: string, more: object = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'iris', namespace: 'llm', ...more },
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [] } },
  },
})
const ours = pods('Deployment')

test('A1 · a selector that finds pods of a StatefulSet, too, is not a Deployment’s own', t => {
  t.deepEqual(ownSelector(ours, []), labels)
  t.is(ownSelector(ours, [pods('StatefulSet')]), undefined)
  t.true(OTHER_WORKLOADS.some(({ kind }) => kind === 'StatefulSet'))
})

const OWNERS: [what: string, metadata: object, says: string | undefined][] = [
  ['nobody', {}, undefined],
  ['the project’s own set', { labels: { 'applyset.kubernetes.io/part-of': 'own' } }, undefined],
  [
    'another set',
    { labels: { 'applyset.kubernetes.io/part-of': 'theirs' } },
    'Deployment/llm/iris belongs to another set (theirs)',
  ],
  [
    'a Helm release',
    { annotations: { 'meta.helm.sh/release-name': 'models' } },
    'Deployment/llm/iris belongs to the Helm release "models"',
  ],
]

for (const [what, metadata, says] of OWNERS) {
  test(`A1 · an import tells who answers for the workload: ${what}`, t => {
    const told = ownedElsewhere(pods('Deployment', metadata), 'own')
    t.deepEqual(
      told.map(({ message }) => message),
      says === undefined ? [] : [says],
    )
    t.true(told.every(({ severity }) => severity === 'warning'))
  })
}
