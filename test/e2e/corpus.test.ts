import { resolve } from 'node:path'
import type { ExecutionContext } from 'ava'
import fc from 'fast-check'
import { connect } from '../../src/cluster/index.ts'
import { kubernetesMinor } from '../../src/object/index.ts'
import { renderSet, type RenderedObject } from '../../src/render/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { completeEndpoint, listEnvironments, loadSet, openFolder } from '../../src/spec/index.ts'
import { tryObjects } from '../../src/trial/index.ts'
import { anyEndpoint, inRuntime } from '../support/any-endpoint.ts'
import { aSet } from '../support/endpoint.ts'
import { testedVersions } from '../support/runner-sandbox.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { runs } from '../support/thorough.ts'

const { serial, kserve } = sandboxTest()
const SAMPLE = { seed: 20_261_121, numRuns: runs(2000) }

/** Older versions take images as volumes and drop them, which is told. */
const ARE_DROPPED = kubernetesMinor(testedVersions.kubernetes) < 35
const IMAGE = /does not store \S+\.volumes\[\S+\]\.image\b/

async function accepted(
  t: ExecutionContext<{ sandbox: Sandbox }>,
  objects: readonly RenderedObject[],
): Promise<void> {
  const { kubeconfig, context } = t.context.sandbox
  const cluster = await connect({ kubeconfig, context })
  try {
    const problems = await tryObjects({ cluster, objects, isThrowAway: true })
    const errors = problems.filter(
      ({ severity, message }) => severity === 'error' && !(ARE_DROPPED && IMAGE.test(message)),
    )
    t.deepEqual(
      errors.map(({ endpoint, message, cause }) => [endpoint, message, cause]),
      [],
    )
    t.true(objects.length > 20)
  } finally {
    cluster.close()
  }
}

/** Endpoints of the sample, each in a set of its own: names may repeat. */
function sample(runtime: 'deployment' | 'kserve'): RenderedObject[] {
  const documents = fc.sample(anyEndpoint, SAMPLE)
  return documents.flatMap(document => {
    const endpoint = completeEndpoint(inRuntime(document, runtime), { namespace: 'corpus' })
    return renderSet(aSet([endpoint])).objects
  })
}

serial('K1 · the API server accepts random specs, strictly', async t => {
  await accepted(t, sample('deployment'))
})

kserve('K9, K10 · KServe’s webhooks accept random specs', async t => {
  await accepted(t, sample('kserve'))
})

serial(
  'K1 · the API server accepts every endpoint of this project in every environment',
  async t => {
    const source = openFolder(resolve(import.meta.dirname, '../..'))
    const all: RenderedObject[] = []
    for (const environment of await listEnvironments(source)) {
      const { value, problems } = await loadSet({ source, environment })
      if (value === undefined) throw new Error(problems.map(({ message }) => message).join('\n'))
      all.push(...renderSet(value).objects)
    }
    await accepted(t, all)
  },
)
