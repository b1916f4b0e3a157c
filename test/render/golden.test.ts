import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { renderSet, toYaml } from '../../src/render/index.ts'
import { CASES, GOLDEN, goldenSet } from './golden-set.ts'

/** `UPDATE_GOLDEN=1 npx ava test/render/golden.test.ts` rewrites the expected files. */
for (const name of CASES) {
  test(`golden: ${name}`, async t => {
    const { objects, problems } = renderSet(await goldenSet([name]))
    t.deepEqual(problems, [])
    const [path, text] = [join(GOLDEN, name, 'expected.yaml'), toYaml(objects)]
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text)
    t.is(text, readFileSync(path, 'utf8'))
  })
}
