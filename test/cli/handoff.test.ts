import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { shop } from './scratch.ts'

/** `slipway handoff`: files for another engine, in the repository. */

test('G3 · handoff writes every environment, and removes what is no longer needed', async t => {
  t.timeout(300_000)
  const { directory, slipway, git, remove, write, commit, dispose } = await shop()
  t.teardown(dispose)
  await git('remote', 'add', 'origin', 'https://token@git.example.com/team/models.git')
  await write('handoff/manifests/mine.yaml', 'kind: Mine\n')
  await commit('first')
  const listed = () =>
    readdirSync(join(directory, 'handoff'), { recursive: true })
      .map(String)
      .filter(file => file.endsWith('.yaml'))
  const first = await slipway('handoff', 'flux')
  t.is(first.code, 0, first.stderr)
  t.deepEqual(
    listed()
      .filter(file => file.startsWith('flux/'))
      .toSorted(),
    ['flux/dev.yaml', 'flux/production.yaml'],
  )
  const text = readFileSync(join(directory, 'handoff/flux/dev.yaml'), 'utf8')
  t.regex(text, /url: https:\/\/git\.example\.com\/team\/models\.git/)
  t.regex(text, /path: "\.\/handoff\/manifests\/dev\//)
  t.notRegex(text, /token/)

  await remove('endpoints/rag.yaml')
  await commit('without rag')
  const second = await slipway('handoff', 'argo')
  t.is(second.code, 0, second.stderr)
  const left = listed()
  t.false(
    left.some(file => file.includes('rag') || file.startsWith('flux/')),
    left.join('\n'),
  )
  t.true(left.includes('manifests/mine.yaml'))
  t.true(left.includes('argo/production.yaml'))

  const one = await slipway('handoff', 'flux', '-e', 'dev')
  t.is(one.code, 2)
  t.regex(one.stderr, /leave out -e/)
})
