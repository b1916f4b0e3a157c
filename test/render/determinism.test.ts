import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import test from 'ava'
import * as fc from 'fast-check'
import { renderSet, toYaml } from '../../src/render/index.ts'
import { CASES, goldenSet } from './golden-set.ts'

const run = promisify(execFile)

test('the same bytes in any order of endpoints', async t => {
  const set = await goldenSet()
  const expected = renderSet(set)
  const shuffled = fc.shuffledSubarray(set.endpoints, { minLength: set.endpoints.length })
  fc.assert(
    fc.property(shuffled, endpoints => {
      const { objects, problems } = renderSet({ ...set, endpoints })
      t.is(toYaml(objects), toYaml(expected.objects))
      t.deepEqual(problems, expected.problems)
    }),
    { numRuns: 20 },
  )
})

test('two renderings share no state and change no input', async t => {
  const set = await goldenSet()
  const before = JSON.stringify(set.endpoints)
  t.is(toYaml(renderSet(set).objects), toYaml(renderSet(set).objects))
  t.is(JSON.stringify(set.endpoints), before)
})

test('the same bytes whatever time zone, locale or cdk8s setting', async t => {
  const here = toYaml(renderSet(await goldenSet()).objects)
  const environments = [
    { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    { TZ: 'America/St_Johns', CDK8S_DISABLE_SORT: '1', CDK8S_RECORD_CONSTRUCT_METADATA: 'true' },
    { CDK8S_OUTDIR: '/nowhere', USER: 'somebody', HOME: '/nowhere', SLIPWAY_ENV: 'production' },
  ]
  const script = join(import.meta.dirname, 'print-golden.ts')
  for (const env of environments) {
    const { stdout } = await run(process.execPath, [script], { env, cwd: '/' })
    t.is(stdout, here)
  }
})

test('every case stands in the set', async t => {
  t.is((await goldenSet()).endpoints.length, CASES.length)
})
