import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { parseAllDocuments } from 'yaml'
import type { KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject, endpointText } from '../support/deployed-project.ts'
import { testedVersions } from '../support/runner-sandbox.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { isReady, readyOf, startFlux } from './flux.ts'

/**
 * Hand-over of a fleet to the real Flux, which reads the artifact from a registry: what was applied stays as it is, and commits, their
 * reverts and removals arrive. Models of KServe are never ready on the one before. SLIPWAY_TEST_FLEET says how many endpoints each of the
 * four environments has.
 */

const { kserve } = sandboxTest({ alone: true })

const ENVIRONMENTS = ['dev', 'staging', 'eu', 'us']
const COUNT = Number(process.env['SLIPWAY_TEST_FLEET'] ?? 50)
/** One in ten is a model of KServe. */
const NAMES = Array.from({ length: COUNT }, (_, index) =>
  index % 10 === 1 ? `model-${index}` : `server-${index}`,
)
const REFERENCE = 'fleet/models:main'

async function aFleet(t: ExecutionContext<{ sandbox: Sandbox }>) {
  const project = await deployedProject(t, {})
  const { write, commit, namespace, expect, directory, kubectl } = project
  const namespaces = ENVIRONMENTS.map(name => `${namespace}-${name}`)
  const environments = ENVIRONMENTS.map(
    (name, index) =>
      `    ${name}: { namespace: ${namespaces[index]}, createNamespace: true, kserve: { version: ${testedVersions.kserve} } }`,
  )
  await write(
    'slipway.yaml',
    `apiVersion: slipway.dev/v1alpha1\nkind: Project\nmetadata: { name: fleet }\nspec:\n  environments:\n${environments.join('\n')}\n`,
  )
  for (const name of NAMES)
    // oxlint-disable-next-line no-await-in-loop
    await write(
      `endpoints/${name}.yaml`,
      endpointText(name, SHORT, name.startsWith('model') ? 'kserve' : 'deployment'),
    )
  await commit('The fleet')
  const podsOf = async (kind: 'model' | 'server') => {
    const pods = await Promise.all(namespaces.map(each => kubectl.list('pods', each)))
    return pods
      .flat()
      .filter(pod => pod.metadata.name.startsWith(kind) && !isEnding(pod))
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name} ${metadata.uid}`)
      .toSorted()
  }
  const handOver = async (registry: string) => {
    const address = `oci://${registry}/${REFERENCE}`
    await expect(0, 'handoff', 'flux', '--oci', address, '--url', 'https://git.example.com/fleet')
    return join(directory, 'handoff')
  }
  return { ...project, namespaces, podsOf, handOver }
}

const SHORT = '  shutdown: { gracePeriod: 10s, preStop: { sleep: 1s } }\n'
const isEnding = ({ metadata }: KubeObject) => metadata.deletionTimestamp !== undefined

kserve(
  'G3 · a fleet goes to Flux: a change, a removal, a revert, a model that does not load',
  async t => {
    // From empty caches Flux is built first.
    t.timeout(45 * 60_000)
    const flux = await startFlux(t.context.sandbox)
    const fleet = await aFleet(t)
    const { expect, edit, remove, commit, git, kubectl, namespaces, podsOf, handOver } = fleet
    const [dev = ''] = namespaces
    await expect(0, 'apply', '--all-environments', '--yes', '--timeout', '20m')
    const servers = await podsOf('server')
    const models = await podsOf('model')
    t.is(servers.length + models.length, COUNT * ENVIRONMENTS.length)

    const folder = await handOver(flux.registry)
    const first = await flux.push(join(folder, 'artifact'), REFERENCE)
    const pulled = await flux.pulled(REFERENCE)
    t.is(pulled.digest, first, 'the layout has one digest, wherever it is read')
    t.regex(pulled.files, /manifests\/dev\/[\w-]+\/[\w.-]+server-0\.yaml/)
    for (const name of ENVIRONMENTS)
      // oxlint-disable-next-line no-await-in-loop
      await kubectl('apply', '-f', join(folder, 'flux', `${name}.yaml`))
    const allReady = (digest: string) =>
      flux.until(`all ready with ${digest}`, all => {
        return all.length > 0 && all.every(each => isReady(each, digest))
      })
    await allReady(first)
    t.deepEqual(await podsOf('server'), servers, 'no server restarts at the hand-over')
    const { stderr } = await expect(2, 'apply', '-e', 'dev', '--yes')
    t.regex(stderr, /the Flux Kustomization "flux-system\/fleet-dev-workload" applies/)
    await expect(0, 'status', '-e', 'dev')

    const deliver = async (message: string) => {
      await commit(message)
      const made = await handOver(flux.registry)
      return flux.push(join(made, 'artifact'), REFERENCE)
    }
    const imageOf = async (deployment: string) => {
      const path = 'jsonpath={.spec.template.spec.containers[0].image}'
      return kubectl('get', 'deployment', deployment, '-n', dev, '-o', path)
    }
    const others = (pods: string[]) => pods.filter(pod => !/\/(server-0|server-2)-/.test(pod))

    await edit('endpoints/server-0.yaml', 'server-0:v1', 'server-0:v2')
    await allReady(await deliver('server-0 v2'))
    const changed = await git('rev-parse', 'HEAD')
    t.regex(await imageOf('server-0'), /server-0:v2$/)
    await remove('endpoints/server-2.yaml')
    await allReady(await deliver('server-2 goes'))
    await flux.until('pruned', async () => {
      const left = await Promise.all(
        namespaces.map(each => kubectl.get('deployment', 'server-2', each)),
      )
      return left.every(each => each === undefined)
    })
    await git('revert', '--no-edit', changed)
    await allReady(await deliver('the way back'))
    t.regex(await imageOf('server-0'), /server-0:v1$/)
    t.deepEqual(others(await podsOf('server')), others(servers), 'nothing else was touched')

    // A model that never loads, while that of before serves on.
    const rolled = await podsOf('model')
    t.is(rolled.length, models.length)
    await edit('endpoints/model-1.yaml', 'model-1:v1', 'model-1:v2')
    const good = await readFile(join(fleet.directory, 'endpoints/model-1.yaml'), 'utf8')
    await fleet.write('endpoints/model-1.yaml', `${good}${NEVER_LOADS}`)
    await commit('model-1 v2')
    const layout = join(await handOver(flux.registry), 'artifact')
    // As it is in the artifact, but for the time that a red one takes.
    const workload = stepIn(layout, 'dev', 'workload')
    await kubectl.apply({
      ...workload,
      metadata: { ...workload.metadata, annotations: { [`${FLUX}/reconcile`]: 'disabled' } },
      spec: { ...(workload['spec'] as object), timeout: '30s' },
    })
    const second = await flux.push(layout, REFERENCE)
    await flux.until('red', all => {
      const found = all.find(({ metadata }) => metadata.name === workload.metadata.name)
      if (found === undefined) return false
      const { lastAttemptedRevision = '' } = found.status ?? {}
      if (isReady(found, second))
        throw new Error(`green on the old model: ${JSON.stringify(found)}`)
      return (
        lastAttemptedRevision.endsWith(second) && readyOf(found)?.reason === 'HealthCheckFailed'
      )
    })
    t.regex(await imageOf('model-1-predictor'), /model-1:v2$/)
    await fleet.write('endpoints/model-1.yaml', good)
    await kubectl(
      'annotate',
      'kustomization',
      workload.metadata.name,
      '-n',
      'flux-system',
      `${FLUX}/reconcile-`,
    )
    await allReady(await deliver('model-1 v2 loads'))
    t.regex(await imageOf('model-1-predictor'), /model-1:v2$/)
    const isOther = (pod: string) => !pod.includes('/model-1-')
    t.deepEqual((await podsOf('model')).filter(isOther), rolled.filter(isOther))

    // The way back.
    await kubectl('delete', 'kustomizations', '--all', '-n', 'flux-system', '--timeout=120s')
    const before = await podsOf('server')
    await expect(0, 'apply', '--all-environments', '--yes', '--take-back', '--timeout', '20m')
    t.deepEqual(await podsOf('server'), before, 'taken back')
  },
)

const FLUX = 'kustomize.toolkit.fluxcd.io'

/** The Kustomization of a wave, from an artifact as an OCI image layout. */
function stepIn(layout: string, environment: string, wave: string): KubeObject {
  const json = (file: string) => JSON.parse(readFileSync(join(layout, file), 'utf8')) as Blobs
  const blob = (digest = '') => join('blobs', digest.replace(':', '/'))
  const { layers } = json(blob(json('index.json').manifests?.[0]?.digest))
  const tar = join(layout, blob(layers?.[0]?.digest))
  const path = `manifests/${environment}/flux/kustomizations.yaml`
  const text = execFileSync('tar', ['-xzOf', tar, path], { encoding: 'utf8' })
  const objects = parseAllDocuments(text).map(each => each.toJS() as KubeObject)
  const found = objects.find(({ metadata }) => metadata.name.endsWith(`-${environment}-${wave}`))
  if (found === undefined) throw new Error(`${path} has no ${wave}`)
  return found
}

interface Blobs {
  manifests?: { digest: string }[]
  layers?: { digest: string }[]
}

const NEVER_LOADS = `  patches:
    - target: { kind: InferenceService }
      merge: { spec: { predictor: { labels: { sandbox.slipway.dev/trouble: image-pull } } } }
`
