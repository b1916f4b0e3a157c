import test, { type ExecutionContext } from 'ava'
import type { Revision } from '../../src/plan/index.ts'
import { loadWithProvenance } from '../../src/project/index.ts'
import { loadLastGood } from '../../src/revisions/index.ts'
import { aRepository } from '../git/playground.ts'

/** To what endpoints that failed are returned. */

const PROJECT = `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: shop}
spec: {namespace: shop, environments: {test: {}}}
`

const endpoint = (name: string, tag: string) => `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: ${name}}
spec:
  image: registry.example.com/${name}:${tag}
  resources: {cpu: 1, memory: 1Gi}
`

const revision = (commit: string, over: Partial<Revision> = {}): Revision => ({
  commit,
  time: '2026-07-01T10:00:00Z',
  actor: 'ada@laptop',
  dirty: false,
  result: 'succeeded',
  durationSeconds: 1,
  counts: { create: 1, update: 0, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 0 },
  ...over,
})

/** chat changes, then rag, then only a document. */
function aHistory(t: ExecutionContext) {
  const repository = aRepository(t)
  const first = repository.commit('first', {
    'slipway.yaml': PROJECT,
    'endpoints/chat.yaml': endpoint('chat', 'v1'),
    'endpoints/rag.yaml': endpoint('rag', 'v1'),
  })
  const chat = repository.commit('chat v2', { 'endpoints/chat.yaml': endpoint('chat', 'v2') })
  const rag = repository.commit('rag v2', { 'endpoints/rag.yaml': endpoint('rag', 'v2') })
  const words = repository.commit('words', { 'README.md': 'words' })
  return { directory: repository.directory, first, chat, rag, words }
}

async function lastGoodOf(directory: string, endpoints: string[], revisions: Revision[]) {
  const choice = {}
  const { project, provenance } = await loadWithProvenance({ directory, choice, actor: 'ada' })
  return loadLastGood({ revisions, project, provenance, choice, endpoints, onLost: () => {} })
}

test('R6 · what failed goes back to the newest good commit that renders something else for it', async t => {
  const { directory, first, chat, rag, words } = aHistory(t)
  const all = [words, rag, chat, first].map(commit => revision(commit))
  t.is((await lastGoodOf(directory, ['rag'], all))?.commit, chat)
  const good = await lastGoodOf(directory, ['chat'], all)
  t.is(good?.commit, first)
  t.is(good?.provenance.info.commit, first)
  t.true(good?.project.objects.some(({ object }) => JSON.stringify(object).includes('chat:v1')))
  t.is((await lastGoodOf(directory, ['chat', 'rag'], all))?.commit, chat)
})

test('R6 · a commit that failed, was limited or not clean is no good one, and what is alike is no way back', async t => {
  const { directory, first, chat, rag } = aHistory(t)
  const others = [revision(rag), revision(chat)]
  t.is(await lastGoodOf(directory, ['chat'], others), undefined)
  t.is(await lastGoodOf(directory, ['chat'], []), undefined)
  for (const over of [{ result: 'failed' as const }, { only: ['chat'] }, { dirty: true }]) {
    // oxlint-disable-next-line no-await-in-loop
    t.is(await lastGoodOf(directory, ['chat'], [...others, revision(first, over)]), undefined)
  }
})
