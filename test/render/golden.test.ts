import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

/** Each minor version that is in use. */
const VERSIONS = ['0.16.0', '0.17.0', '0.18.0', '0.19.0']

for (const version of VERSIONS) {
  test(`M4, K9 · golden: what is rendered for KServe ${version} and differs from the newest has a file of its own`, async t => {
    for (const name of CASES) {
      const newest = toYaml(renderSet(await goldenSet([name])).objects)
      const { objects, problems } = renderSet(await goldenSet([name], version))
      t.deepEqual(
        problems.filter(({ severity }) => severity === 'error'),
        [],
      )
      const path = join(GOLDEN, name, `expected-${version}.yaml`)
      const text = toYaml(objects)
      if (process.env['UPDATE_GOLDEN'] === '1') {
        if (text === newest) rmSync(path, { force: true })
        else writeFileSync(path, text)
      }
      if (text === newest) t.false(existsSync(path), path)
      else t.is(text, readFileSync(path, 'utf8'))
    }
  })
}
