import test, { type ExecutionContext } from 'ava'
import { openRepository } from '../../src/git/index.ts'
import { planRevert, planRollback } from '../../src/revisions/index.ts'
import { aClone, aRepository, type Playground } from '../git/playground.ts'

/** A commit that what is checked out is not built on can be named all the same: that is said. */

const PROJECT = `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: shop}
spec:
  environments: {prod: {namespace: shop}}
`
const chat = (tag: string, memory: number) => `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: chat}
spec:
  image: registry.example.com/chat:${tag}
  # A line in between, for git.
  port: 8080
  # And another.
  resources: {cpu: 1, memory: ${memory}Gi}
`

/** 1.0, then 1.1 on a branch of its own, picked as another commit with more beside it. */
function aPicked(t: ExecutionContext) {
  const playground = aRepository(t)
  playground.commit('one', { 'slipway.yaml': PROJECT, 'endpoints/chat.yaml': chat('1.0', 1) })
  playground.git('switch', '--quiet', '--create', 'topic')
  const topic = playground.commit('two', { 'endpoints/chat.yaml': chat('1.1', 1) })
  playground.git('switch', '--quiet', 'trunk')
  const picked = playground.commit('picked', { 'endpoints/chat.yaml': chat('1.1', 2) })
  return { playground, topic, picked }
}

async function warningsOf({ directory }: Playground, of: { commit?: string; to?: string }) {
  const repository = await openRepository(directory)
  const request = { repository, directory, choice: { environment: 'prod' } }
  const { warnings } =
    of.commit === undefined
      ? await planRollback({ ...request, to: of.to, readRecord: async () => [] })
      : await planRevert(request, of.commit)
  return warnings.map(({ code, message }) => `${code}: ${message}`)
}

test('R6 · to take back a commit that is not in the history is told, and one that is, is not', async t => {
  const { playground, topic, picked } = aPicked(t)
  t.deepEqual(await warningsOf(playground, { commit: picked }), [])
  t.deepEqual(await warningsOf(playground, { commit: topic }), [
    `not-in-history: ${topic.slice(0, 7)} is not in the history of what is checked out: only lines that are still as it made them are taken back`,
  ])
})

test('R6 · to go back to a commit that is not in the history is told, too', async t => {
  const { playground, topic } = aPicked(t)
  t.deepEqual(await warningsOf(playground, { to: 'HEAD~1' }), [])
  const [warning] = await warningsOf(playground, { to: topic })
  t.regex(warning ?? '', /is not in the history of what is checked out: the files become what they/)
})

test('R6 · a shallow clone that cannot tell says that', async t => {
  const { playground, topic } = aPicked(t)
  const clone = aClone(t, playground, '--depth=1', '--no-single-branch')
  const [warning] = await warningsOf(clone, { to: topic })
  t.regex(warning ?? '', /^not-in-history: this clone cannot tell whether/)
})
