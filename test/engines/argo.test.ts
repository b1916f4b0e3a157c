import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import type { Kubectl } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { isHealthy, startArgo } from './argo.ts'
import { aFleet, ENVIRONMENTS, NEVER_LOADS, PODS } from './fleet.ts'

/**
 * Hand-over of a fleet to the real Argo CD, which reads the repository: what was applied stays as it is, models of KServe among it, and commits,
 * their reverts and removals arrive. A model that does not load is Degraded, and never Healthy on the one before.
 */

const { kserve } = sandboxTest({ alone: true })

kserve(
  'G3 · a fleet goes to Argo CD: a change, a removal, a revert, a model that does not load',
  async t => {
    // From empty caches Argo CD is built first.
    t.timeout(45 * 60_000)
    const argo = await startArgo(t.context.sandbox)
    const fleet = await aFleet(t)
    const { expect, edit, remove, commit, git, kubectl, podsOf, imageOf, applyAll } = fleet
    await keepAnnotationFromPods(kubectl)
    await applyAll()
    const servers = await podsOf('server')
    const models = await podsOf('model')
    t.is(servers.length + models.length, PODS)

    /** The commit with the manifests. */
    const deliver = async (message?: string) => {
      if (message !== undefined) await commit(message)
      await fleet.handOver('argo', '--url', `file://${fleet.directory}`)
      return commit('Manifests')
    }
    const allHealthy = async (revision: string) => {
      await argo.refresh()
      await argo.until(
        `all healthy at ${revision}`,
        all => all.length === ENVIRONMENTS.length && all.every(each => isHealthy(each, revision)),
      )
    }
    const first = await deliver()
    const folder = join(fleet.directory, 'handoff/argo')
    await kubectl('apply', '--server-side', '--force-conflicts', '-f', join(folder, 'health.yaml'))
    await kubectl('apply', '-f', join(folder, 'project.yaml'))
    for (const name of ENVIRONMENTS)
      // oxlint-disable-next-line no-await-in-loop
      await kubectl('apply', '-f', join(folder, `${name}.yaml`))
    await allHealthy(first)
    t.deepEqual(await podsOf('server'), servers, 'no server restarts at the hand-over')
    t.deepEqual(await podsOf('model'), models, 'nor does a model')
    const { stderr } = await expect(2, 'apply', '-e', 'dev', '--yes')
    t.regex(stderr, /the Argo CD application "fleet-dev" applies/)
    await expect(0, 'status', '-e', 'dev')

    const others = (pods: string[]) => pods.filter(pod => !/\/(server-0|server-2)-/.test(pod))
    await edit('endpoints/server-0.yaml', 'server-0:v1', 'server-0:v2')
    const changed = await commit('server-0 v2')
    await allHealthy(await deliver())
    t.regex(await imageOf('server-0'), /server-0:v2$/)
    await remove('endpoints/server-2.yaml')
    await allHealthy(await deliver('server-2 goes'))
    await argo.until('pruned', () => fleet.isGone('server-2'))
    await git('revert', '--no-edit', changed)
    await allHealthy(await deliver())
    t.regex(await imageOf('server-0'), /server-0:v1$/)
    t.deepEqual(others(await podsOf('server')), others(servers), 'nothing else was touched')

    // A model that never loads, while that of before serves on.
    await edit('endpoints/model-1.yaml', 'model-1:v1', 'model-1:v2')
    const good = await readFile(join(fleet.directory, 'endpoints/model-1.yaml'), 'utf8')
    await fleet.write('endpoints/model-1.yaml', `${good}${NEVER_LOADS}`)
    const broken = await deliver('model-1 v2')
    await argo.refresh()
    await argo.until('not healthy', all => {
      const found = all.find(({ metadata }) => metadata.name === 'fleet-dev')
      if (found?.status?.sync?.revision !== broken) return false
      return (
        found.status.health?.status === 'Progressing' || found.status.health?.status === 'Degraded'
      )
    })
    t.regex(await imageOf('model-1-predictor'), /model-1:v2$/)
    await fleet.write('endpoints/model-1.yaml', good)
    const mended = await deliver('model-1 v2 loads')
    await argo.terminate()
    await allHealthy(mended)
    t.regex(await imageOf('model-1-predictor'), /model-1:v2$/)
    const isOther = (pod: string) => !pod.includes('/model-1-')
    t.deepEqual((await podsOf('model')).filter(isOther), models.filter(isOther))

    // The way back.
    await kubectl('delete', 'applications', '--all', '-n', 'argocd', '--timeout=120s')
    const before = await podsOf('server')
    await applyAll('--take-back')
    t.deepEqual(await podsOf('server'), before, 'taken back')
  },
)

/** As docs/handoff.md says, so that models keep their pods. */
async function keepAnnotationFromPods(kubectl: Kubectl): Promise<void> {
  const config = await kubectl.get('configmap', 'inferenceservice-config', 'kserve')
  const data = config?.['data'] as Record<string, string>
  const inferenceService = {
    ...(JSON.parse(data['inferenceService'] ?? '{}') as object),
    serviceAnnotationDisallowedList: ['argocd.argoproj.io/tracking-id'],
  }
  const patch = { data: { inferenceService: JSON.stringify(inferenceService) } }
  await kubectl(
    'patch',
    'configmap',
    'inferenceservice-config',
    '-n',
    'kserve',
    '--type=merge',
    '-p',
    JSON.stringify(patch),
  )
}
