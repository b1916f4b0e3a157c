import test from 'ava'
import { asDocumented } from '../support/documented.ts'
import { shop } from './scratch.ts'

/** `slipway environments`: what workflows take their matrix from. */

test('R7 · environments come from slipway.yaml, in its order; pipelines leave out what it says', async t => {
  const { slipway, edit, write, commit, dispose } = await shop()
  t.teardown(dispose)
  await edit('slipway.yaml', '{}', '{context: here, pipeline: false}')
  await edit('slipway.yaml', 'overlay: [{replicas: 2}]}', 'overlay: []}\n    also: {}')
  await commit('first')
  const text = await slipway('environments')
  t.is(text.code, 0, text.stderr)
  t.deepEqual(
    text.stdout.split('\n').map(line => line.split(/ +/)),
    [
      ['ENVIRONMENT', 'NAMESPACE', 'CONTEXT', 'PIPELINE'],
      ['dev', 'llm-ops', 'here', 'no'],
      ['production', 'llm-prod', '-', 'yes'],
      ['also', 'llm-ops', '-', 'yes'],
      [''],
    ],
  )
  t.is((await slipway('environments', '-o', 'names')).stdout, '["production","also"]\n')
  const json: unknown = JSON.parse((await slipway('environments', '-o', 'json')).stdout)
  t.deepEqual(asDocumented('Environments', json), json)

  await write('slipway.yaml', 'kind: [')
  const broken = await slipway('environments', '-o', 'names')
  t.is(broken.code, 1)
  t.is(broken.stdout, '')
  const before = await slipway('environments', '-o', 'names', '--revision', 'HEAD')
  t.is(before.stdout, '["production","also"]\n', before.stderr)
})
