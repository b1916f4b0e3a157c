import { deployedProject } from '../support/deployed-project.ts'
import { aLeaseOf } from '../support/lease.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Of two deletions of one thing, the later finds it done. */

const { serial } = sandboxTest()

const WAITING = /waiting for the lock held by somebody/
const ALREADY = /chat is deleted already: somebody else did it in the meantime/

const CASES: [title: string, isInGit: boolean, args: string[]][] = [
  ['of an endpoint that git has', true, ['chat']],
  ['of an endpoint that git has no more', false, ['chat']],
  ['of everything', true, ['--all']],
]

for (const [title, isInGit, args] of CASES) {
  serial(
    `S2, R1 · two deletions at once ${title}: one deletes, the other says that it is done, and neither fails`,
    async t => {
      t.timeout(300_000)
      const project = await deployedProject(t, { chat: '', rag: '' })
      const { expect, remove, commit, start, kubectl, namespace } = project
      await expect(0, 'apply', '--yes')
      if (!isInGit) {
        await remove('endpoints/chat.yaml')
        await commit('chat leaves')
      }
      await kubectl.apply(aLeaseOf('somebody', namespace))
      const both = [0, 1].map(() => start('delete', ...args, '--yes'))
      await Promise.all(both.map(({ says }) => says(WAITING)))
      await kubectl('delete', 'lease', 'slipway-test-test', '-n', namespace)
      const results = await Promise.all(both.map(({ ended }) => ended))
      t.deepEqual(
        results.map(({ code }) => code),
        [0, 0],
        results.map(({ stderr }) => stderr).join('\n---\n'),
      )
      t.is(results.filter(({ stderr }) => ALREADY.test(stderr)).length, 1)
      t.is(await kubectl.get('deployment', 'chat', namespace), undefined)
      t.is((await kubectl.get('deployment', 'rag', namespace)) === undefined, args[0] === '--all')
    },
  )
}
