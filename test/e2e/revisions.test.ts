import { asDocumented } from '../support/documented.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** What was applied, and applying what is not checked out. */

const { serial } = sandboxTest()
const IMAGE = 'jsonpath={.spec.template.spec.containers[0].image}'

serial(
  'R6 · history is joined with git, and tells of one endpoint; an older commit is applied without a checkout',
  async t => {
    const project = await deployedProject(t, { chat: '', rag: '' })
    const { edit, commit, expect, git, kubectl, namespace } = project
    await expect(0, 'apply', '--yes')
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    const second = await commit('chat v2')
    await edit('endpoints/rag.yaml', 'rag:v1', 'rag:v2')
    await commit('rag v2')
    await expect(0, 'apply', '--yes')
    await edit('endpoints/rag.yaml', 'rag:v2', 'rag:v3')
    await commit('rag v3')
    await expect(0, 'apply', '--yes')

    const all = (await expect(0, 'history')).stdout.trimEnd().split('\n')
    t.is(all.length, 6)
    t.regex(all[1] ?? '', /succeeded +~1 .*rag v3$/)
    t.regex(all[2] ?? '', /succeeded +~2 .*rag v2$/)
    t.regex(all[3] ?? '', /^ {2}\w{7} rag v2, Test <test@example\.com>$/)
    t.regex(all[4] ?? '', /^ {2}\w{7} chat v2, Test/)
    t.regex(all[5] ?? '', /The beginning$/)
    const json = JSON.parse(
      (await expect(0, 'history', '--endpoint', 'chat', '-o', 'json')).stdout,
    ) as {
      revisions: { subject: string; durationSeconds: number; commits?: { hash: string }[] }[]
    }
    t.deepEqual(
      json.revisions.map(each => each.subject),
      ['rag v2', 'The beginning'],
    )
    t.deepEqual(
      json.revisions[0]?.commits?.map(each => each.hash),
      [second],
    )
    t.true((json.revisions[0]?.durationSeconds ?? 0) > 0)
    t.deepEqual<unknown, unknown>(asDocumented('History', json), json)
    const unknown = await expect(2, 'history', '--endpoint', 'caht')
    t.regex(unknown.stderr, /Did you mean "chat"\?/)

    // The work tree is broken, even; nothing of it counts.
    await project.write('endpoints/chat.yaml', 'kind: [')
    const head = await git('rev-parse', 'HEAD')
    const refused = await expect(2, 'apply', '--yes', '--revision', 'HEAD~2')
    t.regex(refused.stderr, /is older than/)
    await expect(0, 'apply', '--yes', '--revision', 'HEAD~2', '--allow-older')
    t.regex(await kubectl('get', 'deployment', 'rag', '-n', namespace, '-o', IMAGE), /rag:v1$/)
    t.regex(await kubectl('get', 'deployment', 'chat', '-n', namespace, '-o', IMAGE), /chat:v2$/)
    t.is(await git('rev-parse', 'HEAD'), head)
    t.is(await git('status', '--porcelain'), 'M endpoints/chat.yaml')
  },
)
