import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { KubeObject } from '../../src/object/index.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { aFleet, ENVIRONMENTS, NEVER_LOADS, PODS } from './fleet.ts'
import { isReady, readyOf, startFlux } from './flux.ts'

/**
 * Hand-over of a fleet to the real Flux, which reads the artifact from a registry: what was applied stays as it is, and commits, their
 * reverts and removals arrive. Models of KServe are never ready on the one before.
 */

const { kserve } = sandboxTest({ alone: true })

const URL = 'https://git.example.com/fleet'
const REFERENCE = 'fleet/models:main'

kserve(
  'G3 · a fleet goes to Flux: a change, a removal, a revert, a model that does not load',
  async t => {
    // From empty caches Flux is built first.
    t.timeout(45 * 60_000)
    const flux = await startFlux(t.context.sandbox)
    const fleet = await aFleet(t)
    const { expect, edit, remove, commit, git, kubectl, podsOf, imageOf, applyAll } = fleet
    const handOver = () =>
      fleet.handOver('flux', '--oci', `oci://${flux.registry}/${REFERENCE}`, '--url', URL)
    await fleet.write('.gitignore', 'handoff/\n')
    await commit('Manifests go to the registry')
    await applyAll()
    const servers = await podsOf('server')
    const models = await podsOf('model')
    t.is(servers.length + models.length, PODS)

    const folder = await handOver()
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

    const deliver = async (message?: string) => {
      if (message !== undefined) await commit(message)
      const made = await handOver()
      return flux.push(join(made, 'artifact'), REFERENCE)
    }
    const others = (pods: string[]) => pods.filter(pod => !/\/(server-0|server-2)-/.test(pod))

    await edit('endpoints/server-0.yaml', 'server-0:v1', 'server-0:v2')
    await allReady(await deliver('server-0 v2'))
    const changed = await git('rev-parse', 'HEAD')
    t.regex(await imageOf('server-0'), /server-0:v2$/)
    await remove('endpoints/server-2.yaml')
    await allReady(await deliver('server-2 goes'))
    await flux.until('pruned', () => fleet.isGone('server-2'))
    await git('revert', '--no-edit', changed)
    await allReady(await deliver())
    t.regex(await imageOf('server-0'), /server-0:v1$/)
    t.deepEqual(others(await podsOf('server')), others(servers), 'nothing else was touched')

    // A model that never loads, while that of before serves on.
    const rolled = await podsOf('model')
    t.is(rolled.length, models.length)
    await edit('endpoints/model-1.yaml', 'model-1:v1', 'model-1:v2')
    const good = await readFile(join(fleet.directory, 'endpoints/model-1.yaml'), 'utf8')
    await fleet.write('endpoints/model-1.yaml', `${good}${NEVER_LOADS}`)
    await commit('model-1 v2')
    const layout = join(await handOver(), 'artifact')
    // As it is in the artifact, but for the time that a red one takes.
    const workload = stepIn(layout, 'dev', 'workload')
    const patch = {
      metadata: { annotations: { [`${FLUX}/reconcile`]: 'disabled' } },
      spec: { ...(workload['spec'] as object), timeout: '30s' },
    }
    const patched = ['kustomization', workload.metadata.name, '-n', 'flux-system', '--type=merge']
    await kubectl('patch', ...patched, '-p', JSON.stringify(patch))
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
    await applyAll('--take-back')
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
