import test from 'ava'
import { kindCalled } from '../../src/kinds/index.ts'

const WORDS: [word: string, kind: string | undefined][] = [
  ['Deployment', 'Deployment'],
  ['deployments', 'Deployment'],
  ['deploy', 'Deployment'],
  ['deployments.apps', 'Deployment'],
  ['deployments.v1.apps', 'Deployment'],
  ['Deployment.extensions', undefined],
  ['isvc', 'InferenceService'],
  ['InferenceServices', 'InferenceService'],
  ['inferenceservice.serving.kserve.io', 'InferenceService'],
  ['networkpolicies', 'NetworkPolicy'],
  ['sts', 'StatefulSet'],
  ['deployer', undefined],
  ['', undefined],
]

for (const [word, kind] of WORDS) {
  test(`A1 · a kind is called as kubectl calls it: ${word === '' ? 'not at all' : word}`, t => {
    t.is(kindCalled(word)?.kind, kind)
  })
}
