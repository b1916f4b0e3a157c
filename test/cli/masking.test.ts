import test from 'ava'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import type { ScratchProject } from '../support/project.ts'
import { shop } from './scratch.ts'

/** Secrets that people wrote where they do not belong: no output of any command repeats them. */

const OLD = `hf_${'a1B2'.repeat(6)}`
const NEW = `sk-${'c3D4'.repeat(6)}`
const PASSWORD = 'pa55w0rd-of-the-proxy'

const withSecret = (secret: string) => `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: chat, annotations: {example.com/api-key: '${secret}'}}
spec:
  image: registry.example.com/chat:v1
  resources: {cpu: 1, memory: 1Gi}
  env: {HF_TOKEN: '${secret}', PLAIN: shown, DATABASE: 'postgres://me:${PASSWORD}@db.example.com/x'}
  args: [--api-key, '${secret}', '--token=${secret}']
`

async function leakyShop(): Promise<ScratchProject> {
  const project = await shop()
  await project.write('endpoints/chat.yaml', withSecret(OLD))
  await project.commit('a secret')
  await project.write('endpoints/chat.yaml', withSecret(NEW))
  await project.commit('another')
  return project
}

let leaky: ScratchProject
let target: string[]
test.before(async () => {
  leaky = await leakyShop()
  target = await kubeconfig(leaky)
})
test.after.always(() => leaky.dispose())

const AGAINST = ['diff', '-e', 'dev', '--against', 'HEAD~1..HEAD']

for (const args of [
  ['render', '-e', 'dev', '--explain'],
  ['render', '-e', 'dev', '--explain', 'chat', '-o', 'json'],
  [...AGAINST],
  [...AGAINST, '-o', 'html'],
  [...AGAINST, '-o', 'markdown'],
  [...AGAINST, '-o', 'json'],
  ['validate', '-e', 'dev'],
  ['validate', '-e', 'dev', '-o', 'json'],
  ['validate', '-e', 'dev', '-o', 'markdown'],
  ['validate', '-e', 'dev', '-o', 'sarif'],
]) {
  test.serial(`S3 · ${args.join(' ')} shows no secret of a spec`, async t => {
    const { code, stdout, stderr } = await leaky.slipway(...args)
    t.is(code, 0, stderr)
    const shown = `${stdout}${stderr}`
    t.true(shown.includes('chat'))
    for (const secret of [OLD, NEW, PASSWORD]) t.false(shown.includes(secret), secret)
  })
}

test.serial('S3 · what is no secret is shown, and that one changed is told', async t => {
  const explained = await leaky.slipway('render', '-e', 'dev', '--explain', 'chat')
  t.regex(explained.stdout, /PLAIN.*shown/)
  t.regex(explained.stdout, /HF_TOKEN.*\(hidden\)/)
  const { stdout } = await leaky.slipway(...AGAINST)
  t.regex(stdout, /HF_TOKEN/)
  t.regex(stdout, /fingerprint:/)
})

/** A kubeconfig whose server has a password in its address, and a plugin that says too much. */
async function kubeconfig(project: ScratchProject): Promise<string[]> {
  const plugin = join(project.directory, '.git', 'plugin')
  await project.write(
    '.git/plugin',
    `#!/bin/sh
printf 'signing in with ${OLD.slice(0, 12)}' >&2
sleep 0.2
echo '${OLD.slice(12)}' >&2
printf -- '-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkq\\n' >&2
echo 'failed: token=${NEW}' >&2
exit 1
`,
  )
  await chmod(plugin, 0o755)
  await project.write(
    '.git/kubeconfig',
    `clusters: [{ name: a, cluster: { server: 'https://me:${PASSWORD}@127.0.0.1:9' } }]
contexts: [{ name: a, context: { cluster: a, user: a } }]
users: [{ name: a, user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: '${plugin}' } } }]
current-context: a
`,
  )
  return ['--kubeconfig', join(project.directory, '.git', 'kubeconfig'), '--context', 'a']
}

for (const args of [
  ['status', '-e', 'dev'],
  ['status', '-e', 'dev', '-o', 'json'],
  ['diff', '-e', 'dev'],
  ['diff', '-e', 'dev', '-o', 'json'],
  ['apply', '-e', 'dev', '--yes'],
  ['apply', '-e', 'dev', '--yes', '-o', 'json'],
  ['doctor', '-e', 'dev'],
  ['doctor', '-e', 'dev', '-o', 'json'],
]) {
  test.serial(
    `S3 · ${args.join(' ')} repeats neither a server’s password nor what a credential plugin lets slip`,
    async t => {
      const { code, stdout, stderr } = await leaky.slipway(...args, ...target)
      t.not(code, 0)
      const shown = `${stdout}${stderr}`
      t.regex(shown, /credential plugin/)
      for (const secret of [OLD, OLD.slice(12), NEW, PASSWORD, 'MIIEvQIBADANBgkq'])
        t.false(shown.includes(secret), `${secret}\n${shown}`)
    },
  )
}
