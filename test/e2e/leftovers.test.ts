import type { KubeObject } from '../../src/object/index.ts'
import { deployedProject, type DeployedProject } from '../support/deployed-project.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Objects that a backup tool brought back: told, taken on request, and not deleted in silence. */

const { serial } = sandboxTest()

serial(
  'S2 · what a restored object has beside git is told, and goes with --take-fields',
  async t => {
    const project = await deployedProject(t, { chat: '' })
    await project.expect(0, 'apply', '--yes')
    await restore(project)
    const kept = await project.expect(1, 'delete', 'chat', '--yes')
    t.regex(kept.stderr, /Deployment\/\S+\/chat is kept: slipway never applied it/)
    t.regex(kept.stderr, /kubectl delete Deployment chat -n /)
    const adopted = await project.expect(0, 'apply', '--yes')
    t.regex(
      adopted.stderr,
      /Deployment\/\S+\/chat has fields that git does not have: .*spec\.minReadySeconds/,
    )
    t.regex(adopted.stderr, /--take-fields/)
    const { stdout } = await project.expect(0, 'status')
    t.regex(stdout, /drifted/)
    t.regex(stdout, /minReadySeconds/)
    await project.expect(1, 'diff', '--exit-code')
    const taken = await project.expect(0, 'apply', '--yes', '--take-fields')
    t.regex(taken.stderr, /spec\.minReadySeconds: 1/)
    const live = await project.kubectl.get('deployment', 'chat', project.namespace)
    t.false('minReadySeconds' in Object(live?.['spec']))
    await project.expect(0, 'diff', '--exit-code')
    await project.expect(0, 'delete', 'chat', '--yes')
    const nothing = await project.expect(1, 'delete', 'chat', '--yes')
    t.regex(nothing.stderr, /there is nothing of chat in the cluster/)
  },
)

async function restore({ kubectl, namespace }: DeployedProject): Promise<void> {
  const objects = await kubectl.list('deployments,services', namespace)
  await kubectl('delete', 'deployments,services', '--all', '-n', namespace)
  const items = objects.map(({ status: _status, metadata, ...object }) => {
    const { name, labels, annotations } = metadata
    return { ...object, metadata: { name, namespace, labels, annotations } } as KubeObject
  })
  const held = items.map(item =>
    item.kind === 'Deployment'
      ? { ...item, spec: { ...(item['spec'] as object), minReadySeconds: 1 } }
      : item,
  )
  await kubectl.create({ apiVersion: 'v1', kind: 'List', items: held }, 'velero-server')
}
