import { renameSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { compareRevisions } from '../../src/revisions/index.ts'
import { aRepository } from '../git/playground.ts'

/** A file that is put aside under a name that is not read deletes what it holds: the preview says so. */

const PROJECT = `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: shop}
spec:
  environments: {prod: {namespace: shop}}
`
const endpoint = (name: string) => `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: ${name}}
spec:
  image: registry.example.com/chat:1.0
  resources: {cpu: 1, memory: 1Gi}
`
const PROMPTS = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: prompts}\ndata: {a: b}\n'
const FILES = {
  'slipway.yaml': PROJECT,
  'endpoints/chat.yaml': endpoint('chat'),
  'endpoints/rag.yaml': endpoint('rag'),
  'objects/prompts.yaml': PROMPTS,
}

interface Told {
  told: string[]
  isOfRevision?: boolean
}

async function toldAfter(
  t: ExecutionContext,
  from: string,
  to: string,
  { isOfRevision = false } = {},
): Promise<Told> {
  const { directory, commit, write } = aRepository(t)
  commit('before', FILES)
  write({ [to]: '' })
  renameSync(join(directory, from), join(directory, to))
  if (isOfRevision) commit('put aside')
  const compared = await compareRevisions({
    directory,
    choice: { environment: 'prod' },
    against: isOfRevision ? 'HEAD~1..HEAD' : 'HEAD',
  })
  return { told: compared.base.problems.map(({ message }) => message) }
}

const OF_CHAT = (path: string) =>
  `${path} is not read, and the Endpoint chat in it is deleted for that`

for (const name of [
  '.chat.yaml',
  'chat.yaml.bak',
  'chat.yml~',
  'chat.disabled',
  'chat.json',
  'chat.yaml.orig',
  '.off/chat.yaml',
  'old/.chat.yml',
]) {
  test(`S1 · an endpoint whose file becomes ${name} is told to go for that`, async t => {
    const { told } = await toldAfter(t, 'endpoints/chat.yaml', `endpoints/${name}`)
    t.deepEqual(told, [OF_CHAT(`endpoints/${name}`)])
  })
}

test('S1 · the same between two revisions', async t => {
  const { told } = await toldAfter(t, 'endpoints/chat.yaml', 'endpoints/.chat.yaml', {
    isOfRevision: true,
  })
  t.deepEqual(told, [OF_CHAT('endpoints/.chat.yaml')])
})

test('S1 · an object of one’s own that is put aside is told, too', async t => {
  const { told } = await toldAfter(t, 'objects/prompts.yaml', 'objects/prompts.yaml.bak')
  t.deepEqual(told, [
    'objects/prompts.yaml.bak is not read, and the ConfigMap prompts in it is deleted for that',
  ])
})

test('S1 · a file that is only moved, or holds what is still there, is nothing to tell of', async t => {
  const { told } = await toldAfter(t, 'endpoints/chat.yaml', 'endpoints/team/chat.yaml')
  t.deepEqual(told, [])
  const { directory, commit, remove } = aRepository(t)
  commit('before', { ...FILES, 'endpoints/.chat.yaml.swp': endpoint('chat') })
  remove('endpoints/rag.yaml')
  const compared = await compareRevisions({ directory, choice: {}, against: 'HEAD' })
  t.deepEqual(compared.base.problems, [])
  t.is(new Set(compared.differences.map(each => each.endpoint)).size, 1)
})
