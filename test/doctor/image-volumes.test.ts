import test from 'ava'
import { judgeImageVolumes, judgePullSecrets } from '../../src/doctor/checks/image-volumes.ts'

for (const [version, state] of [
  ['v1.37.2', 'ok'],
  ['v1.35.0', 'ok'],
  ['v1.34.4', 'warning'],
  ['v1.33.0', 'warning'],
  ['v1.32.9', 'missing'],
  ['', 'unseen'],
] as const) {
  test(`K7, W5 · image volumes on "${version}": ${state}`, t => {
    t.is(judgeImageVolumes(version).state, state)
  })
}

const registry = 'registry.example.com'
const judge = (secrets: string[], known: (string[] | undefined)[]) =>
  judgePullSecrets({ namespace: 'llm', registry, secrets }, known)

test('K5, W5 · a pull secret without the registry of the weights is warned about', t => {
  t.like(judge(['ecr'], [['other.example.com']]), {
    check: 'pull secret for registry.example.com in llm',
    state: 'warning',
    message: 'ecr has no credentials for registry.example.com, which weights are pulled from',
  })
  t.is(judge(['ecr', 'own'], [['other.example.com'], [registry]]).state, 'ok')
  t.is(judge(['ecr'], [undefined]).state, 'unseen')
  t.is(judge([], []).state, 'ok')
})
