import { parse } from 'yaml'
import type { KubeObject } from '../../src/object/index.ts'
import { kserveProject } from '../support/kserve-project.ts'
import { testedVersions } from '../support/runner-sandbox.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { runtimesOfKserve } from '../support/serving-runtimes.ts'

/** Whatever KServe brings serves an endpoint, with it and without it. */

const { kserve } = sandboxTest()

kserve(
  'M1, M2 · each serving runtime that KServe brings serves an endpoint as InferenceService and as Deployment',
  async t => {
    const { expect, kubectl, namespace, write } = await kserveProject(t, {})
    const catalogue = await runtimesOfKserve(testedVersions.kserve)
    for (const [path, text] of Object.entries(catalogue)) await write(path, text)
    const installed = await kubectl('get', 'clusterservingruntimes', '-o', 'name')
    // Its kustomization leaves some out.
    const runtimes = Object.values(catalogue)
      .flatMap(runtimeOf)
      .filter(({ name }) => installed.includes(`/${name}\n`))
    t.true(runtimes.length >= 10)
    for (const runtime of runtimes) {
      await write(`endpoints/i-${runtime.name}.yaml`, endpointOf(runtime, 'kserve'))
      await write(`endpoints/d-${runtime.name}.yaml`, endpointOf(runtime, 'deployment'))
    }

    await expect(0, 'apply', '--yes', '--timeout', '5m')

    const { stdout } = await expect(0, 'status', '-o', 'json')
    const { endpoints } = JSON.parse(stdout) as { endpoints: { endpoint: string; state: string }[] }
    t.deepEqual(
      endpoints.map(({ endpoint, state }) => `${endpoint} ${state}`).toSorted(),
      ['d', 'i'].flatMap(form => runtimes.map(({ name }) => `${form}-${name} ready`)).toSorted(),
    )
    const found = JSON.parse(
      await kubectl('get', 'inferenceservices', '-n', namespace, '-o', 'json'),
    ) as { items: Served[] }
    t.deepEqual(
      found.items.filter(item => !isReady(item)).map(({ metadata }) => metadata.name),
      [],
    )
    t.is(found.items.length, runtimes.length)
  },
)

interface Runtime {
  name: string
  format: string
}

interface Served extends KubeObject {
  status?: { conditions?: { type: string; status: string }[] }
}

const isReady = ({ status }: Served) =>
  status?.conditions?.some(
    condition => condition.type === 'Ready' && condition.status === 'True',
  ) === true

/** Without those of several nodes, which a Deployment cannot be. */
function runtimeOf(text: string): Runtime[] {
  const { kind, metadata, spec } = parse(text) as {
    kind: string
    metadata: { name: string }
    spec?: { supportedModelFormats?: { name: string }[]; workerSpec?: object }
  }
  const [format] = spec?.supportedModelFormats ?? []
  if (kind !== 'ClusterServingRuntime' || format === undefined || spec?.workerSpec !== undefined)
    return []
  return [{ name: metadata.name, format: format.name }]
}

function endpointOf({ name, format }: Runtime, runtime: string): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: ${runtime[0] === 'k' ? 'i' : 'd'}-${name}}
spec:
  runtime: ${runtime}
  model: {format: ${format}, servingRuntime: ${name}, uri: s3://models/${format}}
  resources: {cpu: 10m, memory: 64Mi}
  shutdown: {gracePeriod: 10s, preStop: {sleep: 1s}}
`
}
