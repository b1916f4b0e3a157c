import type { KubeObject } from '../../src/object/index.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** The record of a set is a ConfigMap, and a ConfigMap holds a mebibyte. */

const { serial } = sandboxTest()

const MEBIBYTE = 2 ** 20

serial(
  'S2 · an apply whose revision no longer fits into the record is no success, and the next one records it',
  async t => {
    const { edit, commit, expect, kubectl, namespace } = await deployedProject(t, { chat: '' })
    const imageOf = (name: string) =>
      kubectl('get', 'deployment', name, '-n', namespace, '-o', IMAGE)
    await expect(0, 'apply', '--yes')
    const record = 'slipway-test-test'
    const { metadata, data } = (await kubectl.get('configmap', record, namespace)) as KubeObject & {
      data: Record<string, string>
    }
    const used = JSON.stringify(data).length + 10
    const filled = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: metadata.name, namespace },
      data: { notes: 'x'.repeat(MEBIBYTE - used) },
    }
    await kubectl.apply(filled)
    await edit('endpoints/chat.yaml', ':v1', ':v2')
    await commit('The second')
    const { stderr } = await expect(1, 'apply', '--yes')
    t.regex(stderr, /the revision could not be recorded: .*1048576/)
    t.true(stderr.includes(`kubectl -n ${namespace} describe configmap ${record}`), stderr)
    t.notRegex(stderr, /bug in slipway|endpoint spec/)
    t.regex(stderr, /so nothing was changed/)
    t.regex(await imageOf('chat'), /:v1$/)
    await kubectl('patch', `configmap/${record}`, '-n', namespace, '--type=json', '-p', REMOVE)
    await expect(0, 'apply', '--yes')
    const { stdout } = await expect(0, 'history')
    t.regex(stdout.split('\n')[1] ?? '', /The second/)
  },
)

const IMAGE = 'jsonpath={.spec.template.spec.containers[0].image}'

const REMOVE = JSON.stringify([{ op: 'remove', path: '/data/notes' }])
