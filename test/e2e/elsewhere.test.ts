import { deployedProject, endpointText } from '../support/deployed-project.ts'
import { sandboxTest } from '../support/sandbox.ts'

const { serial } = sandboxTest()

serial(
  'D5 · status shows what git removed from a namespace of its own, until that is applied',
  async t => {
    const project = await deployedProject(t, { chat: '' })
    const { expect, write, remove, commit, kubectl, namespace } = project
    const elsewhere = `${namespace}-away`
    await kubectl('create', 'namespace', elsewhere)
    t.teardown(() => kubectl('delete', 'namespace', elsewhere, '--wait=false'))
    const text = endpointText('far').replace('{name: far}', `{name: far, namespace: ${elsewhere}}`)
    await write('endpoints/far.yaml', text)
    await commit('far, elsewhere')
    await expect(0, 'apply', '--yes')
    await remove('endpoints/far.yaml')
    await commit('far leaves')
    const states = async () => {
      const { stdout } = await project.slipway('status', '-o', 'json')
      const { endpoints } = JSON.parse(stdout) as {
        endpoints: { endpoint: string; inGit: boolean }[]
      }
      return endpoints.map(({ endpoint, inGit }) => [endpoint, inGit])
    }
    t.deepEqual(await states(), [
      ['chat', true],
      ['far', false],
    ])
    await expect(0, 'apply', '--yes')
    t.deepEqual(await states(), [['chat', true]])
  },
)
