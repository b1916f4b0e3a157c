import { execFileSync } from 'node:child_process'
import type { ExecutionContext } from 'ava'
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject, endpointText, type DeployedProject } from '../support/deployed-project.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** What is applied, deleted and recorded is what git holds, also where the files on disk are something else. */

const { serial } = sandboxTest()

/** The sandbox acts as if its image could not be pulled. */
const NEVER_PULLED = `  patches:
    - target: {kind: Deployment}
      merge:
        spec: {template: {metadata: {labels: {sandbox.slipway.dev/trouble: image-pull}}}}
`

interface Recorded {
  revisions: { commit?: string; dirty: boolean; uncommitted?: string[] }[]
}

async function newest({ expect }: DeployedProject) {
  const { revisions } = JSON.parse((await expect(0, 'history', '-o', 'json')).stdout) as Recorded
  return revisions[0]
}

async function names({ kubectl, namespace }: DeployedProject): Promise<string[]> {
  const list = await kubectl.list('deployments', namespace)
  return list.map(({ metadata }) => metadata.name).toSorted()
}

async function linked(t: ExecutionContext<{ sandbox: Sandbox }>): Promise<DeployedProject> {
  const project = await deployedProject(t, { rag: '' })
  await project.write('shared/chat.yaml', endpointText('chat'))
  await symlink('../shared/chat.yaml', join(project.directory, 'endpoints/chat.yaml'))
  await project.commit('A linked endpoint')
  return project
}

serial(
  'S1 · a linked endpoint is applied, kept by --revision, and put back by --rollback-on-failure',
  async t => {
    const project = await linked(t)
    const { expect, edit, commit, kubectl, namespace } = project
    await expect(0, 'apply', '--yes')
    t.deepEqual(await names(project), ['chat', 'rag'])
    t.like(await newest(project), { dirty: false })
    const same = await expect(0, 'apply', '--yes', '--revision', 'HEAD')
    t.notRegex(same.stderr, /delete chat/)
    t.deepEqual(await names(project), ['chat', 'rag'])

    await edit(
      'shared/chat.yaml',
      'image: registry.example.com/chat:v1',
      'image: registry.example.com/chat:v2',
    )
    const told = await expect(0, 'apply', '--dry-run')
    t.regex(told.stdout, /not as in commit \w{7}: shared\/chat\.yaml \(changed\)/)
    await edit('shared/chat.yaml', /$/, NEVER_PULLED)
    await commit('A chat that does not start')
    const failed = await expect(1, 'apply', '--yes', '--rollback-on-failure')
    t.regex(failed.stderr, /Rolling back chat to/)
    t.deepEqual(await names(project), ['chat', 'rag'])
    const chat = await kubectl.get('deployment', 'chat', namespace)
    t.regex(JSON.stringify(chat?.['spec']), /chat:v1/)
  },
)

serial('S1 · a sparse checkout deletes nothing; the commit itself can be applied', async t => {
  const project = await deployedProject(t, { chat: '', rag: '' })
  const { expect, git } = project
  await expect(0, 'apply', '--yes')
  await git('sparse-checkout', 'set', '--no-cone', '/*', '!/endpoints/rag.yaml')
  t.is(await git('status', '--porcelain'), '')
  for (const args of [
    ['apply', '--yes'],
    ['apply', '--dry-run'],
    ['diff'],
    ['diff', '--against', 'HEAD'],
  ]) {
    // oxlint-disable-next-line no-await-in-loop
    const { stdout, stderr } = await expect(2, ...args)
    t.regex(
      `${stdout}${stderr}`,
      /files of commit \w{7} are not checked out here: endpoints\/rag\.yaml/,
    )
    t.regex(`${stdout}${stderr}`, /apply --revision HEAD/)
  }
  t.deepEqual(await names(project), ['chat', 'rag'])
  const status = await project.slipway('status')
  t.regex(status.stderr, /endpoints\/rag\.yaml/)
  await expect(0, 'apply', '--yes', '--revision', 'HEAD')
  t.deepEqual(await names(project), ['chat', 'rag'])
})

serial(
  'S2 · what is ignored or assumed unchanged is applied as uncommitted, and named in plan and record',
  async t => {
    const project = await deployedProject(t, { chat: '' })
    const { expect, git, write, edit } = project
    await write('.git/info/exclude', 'endpoints/mine.yaml\n')
    await write('endpoints/mine.yaml', endpointText('mine'))
    await git('update-index', '--assume-unchanged', 'endpoints/chat.yaml')
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    t.is(await git('status', '--porcelain'), '')
    const named =
      /not as in commit \w{7}: endpoints\/chat\.yaml \(changed\), endpoints\/mine\.yaml \(not in the commit\)/
    t.regex((await expect(0, 'diff')).stdout, named)
    const applied = await expect(0, 'apply', '--yes')
    t.regex(applied.stderr, named)
    t.regex(applied.stdout, /with uncommitted changes/)
    t.like(await newest(project), {
      dirty: true,
      uncommitted: ['endpoints/chat.yaml', 'endpoints/mine.yaml'],
    })
  },
)

serial('S1 · an endpoint that is put aside under another name is told to go for that', async t => {
  const { expect, directory } = await deployedProject(t, { chat: '', rag: '' })
  await expect(0, 'apply', '--yes')
  const at = (name: string) => join(directory, 'endpoints', name)
  await rename(at('chat.yaml'), at('chat.yaml.bak'))
  const told =
    /endpoints\/chat\.yaml\.bak is not read, and the Endpoint chat in it is deleted for that/
  t.regex((await expect(0, 'diff')).stdout, told)
  const dry = await expect(0, 'apply', '--dry-run')
  t.regex(dry.stdout + dry.stderr, told)
  await rm(at('chat.yaml.bak'))
  t.notRegex((await expect(0, 'diff')).stdout, /is not read/)
})

serial('S1 · a repository that git does not read stops what writes and what compares', async t => {
  const project = await deployedProject(t, { chat: '' })
  const { expect, edit, commit, git, directory } = project
  await expect(0, 'apply', '--yes')
  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await commit('chat v2')
  await expect(0, 'apply', '--yes')
  await git('checkout', '--quiet', '--detach', 'HEAD~1')
  await writeFile(join(directory, '.git/config'), '[core\n')
  for (const args of [
    ['apply', '--yes'],
    ['apply', '--dry-run'],
    ['diff'],
    ['delete', 'chat', '--yes'],
    ['status'],
  ]) {
    // oxlint-disable-next-line no-await-in-loop
    const { stderr } = await expect(2, ...args)
    t.regex(stderr, /is a git repository that git does not read/)
  }
  await expect(0, 'validate')
  await expect(0, 'render')
  t.deepEqual(await names(project), ['chat'])
})

serial(
  'S1 · files without a commit take nothing back from a commit unless that is meant',
  async t => {
    const project = await deployedProject(t, { chat: '', rag: '' })
    const { expect, directory, remove } = project
    await expect(0, 'apply', '--yes')
    await rm(join(directory, '.git'), { recursive: true })
    await remove('endpoints/rag.yaml')
    const refused = await expect(2, 'apply', '--yes')
    t.regex(refused.stderr, /applied last from commit \w{7}, and these files have no commit/)
    t.regex(refused.stderr, /--allow-no-commit/)
    t.regex((await expect(0, 'diff')).stdout, /these files have no commit/)
    t.deepEqual(await names(project), ['chat', 'rag'])
    await expect(0, 'apply', '--yes', '--allow-no-commit')
    t.deepEqual(await names(project), ['chat'])
    // The record still has the commit: the next one is asked, too.
    await expect(2, 'apply', '--yes')
  },
)

serial(
  'S1 · a submodule in the folder of the endpoints is refused, checked out or not',
  async t => {
    const project = await deployedProject(t, { chat: '' })
    const { expect, git, directory } = project
    await expect(0, 'apply', '--yes')
    const inner = join(directory, '.git/inner')
    await mkdir(inner)
    await git('init', '--quiet', inner)
    await writeFile(join(inner, 'more.yaml'), endpointText('more'))
    await git('-C', inner, 'add', '--all')
    await git('-C', inner, 'commit', '--quiet', '--message', 'inner')
    await git(
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      inner,
      'endpoints/team',
    )
    await project.commit('A submodule')
    for (const change of [async () => {}, () => git('submodule', 'deinit', '--force', '--all')]) {
      // oxlint-disable-next-line no-await-in-loop
      await change()
      for (const args of [
        ['validate'],
        ['apply', '--yes'],
        ['apply', '--yes', '--revision', 'HEAD'],
      ]) {
        // oxlint-disable-next-line no-await-in-loop
        const { stdout, stderr } = await project.slipway(...args)
        t.regex(`${stdout}${stderr}`, /endpoints\/team is a repository of its own/)
      }
    }
    t.deepEqual(await names(project), ['chat'])
  },
)

serial(
  'S3 · an environment that takes signed commits only is asked before anything is written',
  async t => {
    const project = await deployedProject(
      t,
      { chat: '' },
      'createNamespace: true, policies: { signedCommits: error }',
    )
    const { expect, git, directory, edit, commit, kubectl, namespace } = project
    const unsigned = await expect(2, 'apply', '--yes')
    t.regex(unsigned.stderr, /test accepts signed commits only, and commit \w{7} is not signed/)
    t.is(await kubectl.get('namespace', namespace), undefined, 'nothing was written')

    const key = join(directory, '.git', 'key')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key])
    await writeFile(`${key}.allowed`, `test@example.com ${await readFile(`${key}.pub`, 'utf8')}`)
    await git('config', 'gpg.format', 'ssh')
    await git('config', 'gpg.ssh.allowedSignersFile', `${key}.allowed`)
    await git('commit', '--quiet', '--allow-empty', `--gpg-sign=${key}`, '--message', 'signed')
    await expect(0, 'apply', '--yes')

    // What is beside a signed commit is not signed.
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    const beside = await expect(2, 'apply', '--yes')
    t.regex(beside.stderr, /there are uncommitted changes on top of commit/)
    await commit('not signed')
    await expect(2, 'apply', '--yes')
    const image = 'jsonpath={.spec.template.spec.containers[0].image}'
    t.regex(await kubectl('get', 'deployment', 'chat', '-n', namespace, '-o', image), /chat:v1$/)
    await expect(0, 'diff')
  },
)
