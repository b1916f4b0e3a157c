import { cpSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { openRepository } from '../../src/git/index.ts'
import { compareRevisions, planRollback } from '../../src/revisions/index.ts'
import { aRepository, problemOf, type Playground } from '../git/playground.ts'

/** A project whose folder was moved is compared with what it was where it was then. */

const project = (name: string) => `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: ${name}}
spec:
  environments: {prod: {namespace: shop}}
`
const CHAT = `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: chat}
spec:
  image: registry.example.com/chat:1.0
  resources: {cpu: 1, memory: 1Gi}
`
const inFolder = (folder: string, name = 'shop') => ({
  [`${folder}slipway.yaml`]: project(name),
  [`${folder}endpoints/chat.yaml`]: CHAT,
})

function compared({ directory }: Playground, folder: string, against: string) {
  return compareRevisions({ directory: join(directory, folder), choice: {}, against })
}

for (const against of ['HEAD~1', 'HEAD~1..HEAD']) {
  test(`S1 · a moved project is followed: ${against}`, async t => {
    const playground = aRepository(t)
    playground.commit('before', inFolder('ml/shop/'))
    renameSync(join(playground.directory, 'ml'), join(playground.directory, 'models'))
    playground.commit('moved', {
      'models/shop/endpoints/chat.yaml': CHAT.replace('chat:1.0', 'chat:1.1'),
    })
    const { base, differences } = await compared(playground, 'models/shop', against)
    t.is(base.state, 'found')
    t.deepEqual(
      base.problems.map(({ message }) => message),
      ['the project shop was in ml/shop/ at HEAD~1: it is compared with what it was there'],
    )
    t.deepEqual(
      differences.map(({ type, ref }) => `${type} ${ref.kind}`),
      ['changed Deployment'],
    )
  })
}

test('S1 · a project that was moved down from the top is followed', async t => {
  const playground = aRepository(t)
  playground.commit('before', inFolder(''))
  mkdirSync(join(playground.directory, 'ml'))
  for (const name of ['slipway.yaml', 'endpoints'])
    renameSync(join(playground.directory, name), join(playground.directory, 'ml', name))
  playground.commit('moved')
  const { base, differences } = await compared(playground, 'ml', 'HEAD~1')
  t.regex(base.problems[0]?.message ?? '', /was at the top of the repository at HEAD~1/)
  t.deepEqual(differences, [])
})

test('S1 · another project and a copy are not followed', async t => {
  const playground = aRepository(t)
  playground.commit('before', { ...inFolder('a/', 'other'), ...inFolder('b/') })
  cpSync(join(playground.directory, 'b'), join(playground.directory, 'c'), { recursive: true })
  playground.git('rm', '-rq', 'a')
  playground.commit('copied')
  const { base } = await compared(playground, 'c', 'HEAD~1')
  t.is(base.state, 'absent')
  t.deepEqual(base.problems, [])
})

test('S1 · of several it is not guessed which was moved', async t => {
  const playground = aRepository(t)
  playground.commit('before', { ...inFolder('a/'), ...inFolder('b/') })
  renameSync(join(playground.directory, 'a'), join(playground.directory, 'c'))
  playground.git('rm', '-rq', 'b')
  playground.commit('moved')
  t.is((await compared(playground, 'c', 'HEAD~1')).base.state, 'absent')
})

test('R6 · a rollback to where the project was not in its folder is refused: it would delete it', async t => {
  const playground = aRepository(t)
  playground.commit('before', inFolder('ml/'))
  renameSync(join(playground.directory, 'ml'), join(playground.directory, 'models'))
  playground.commit('moved')
  const directory = join(playground.directory, 'models')
  const repository = await openRepository(directory)
  const request = { repository, directory, choice: {}, to: 'HEAD~1', readRecord: async () => [] }
  const problem = await problemOf(t, planRollback(request))
  t.is(problem.code, 'nothing-to-roll-back')
  t.regex(problem.message, /no slipway\.yaml at HEAD~1 in this folder: to go back would delete/)
})
