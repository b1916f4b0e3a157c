import test from 'ava'
import { adoptionOfSample, runtimesBeside, samplesOf } from '../support/kserve-samples.ts'
import { runtimesOfKserve } from '../support/serving-runtimes.ts'

/** Of KServe's own repository, and no two alike: what people copy their InferenceServices from. */

for (const version of ['0.19.0', '0.20.0']) {
  test(`A1 · the InferenceServices of KServe ${version} are imported as they are, but for those that no API server takes`, async t => {
    const samples = samplesOf(version)
    const known = await runtimesOfKserve(version)
    const rows = await Promise.all(
      samples.map(async sample => {
        const runtimes = { ...known, ...runtimesBeside(sample, version) }
        const { reasons } = await adoptionOfSample(sample.object, { version, runtimes })
        return { path: sample.path, reasons }
      }),
    )
    const left = rows.filter(({ reasons }) => reasons.length > 0)
    t.true(rows.length >= 90, `${rows.length} samples`)
    t.deepEqual(
      left.filter(({ path }) => !REFUSED.some(part => path.includes(part))),
      [],
    )
    t.true(rows.length - left.length >= 80, `${rows.length - left.length} are imported`)
  })
}

/**
 * Images that are a placeholder of a map's form, fields that there are not (or no more: the API server drops them, and KServe's webhook
 * then misses what they said), a mode that KServe has given up, and a predictor with a model and a container.
 */
const REFUSED = [
  'custom/torchserve/',
  'bentoml/',
  'modelmesh',
  'explanation/alibi/',
  'multimodelserving/',
  'rollout-strategy/',
  'torchserve/v1/bloom/',
]
