import { execFile } from 'node:child_process'
import { once } from 'node:events'
import type { ExecutionContext } from 'ava'
import { feed } from '../support/feed.ts'
import { PODS } from '../support/pod-security-table.ts'
import { testedVersions } from '../support/runner-sandbox.ts'
import { sandboxTest, type SandboxContext } from '../support/sandbox.ts'
import { aScene, eventually } from '../support/scene.ts'

/** The API server's PodSecurity admission judges the pods that the policy podSecurity judges in test/render. */

const { serial } = sandboxTest()

for (const standard of ['baseline', 'restricted'] as const) {
  serial(`S4 · Pod Security "${standard}" in the API server has the policy’s verdicts`, async t => {
    const { kubectl, namespace } = await aScene(t)
    await kubectl('label', 'namespace', namespace, `pod-security.kubernetes.io/enforce=${standard}`)
    // Without it, every pod is refused.
    await eventually(async () => {
      const names = await kubectl('get', 'serviceaccounts', '-n', namespace, '-o', 'name')
      return names.includes('serviceaccount/default')
    })
    const said = await created(t, namespace)
    for (const { name, passes } of PODS.filter(isKnown)) {
      const isAllowed = passes === 'restricted' || passes === standard
      const refusal = new RegExp(`pods "${name}" is forbidden: violates PodSecurity "${standard}`)
      const own = said
        .split('\n')
        .filter(line => line.includes(`${name} `) || line.includes(`"${name}"`))
      t.is(refusal.test(said), !isAllowed, `${name}: ${own.join('\n')}`)
      if (isAllowed) t.regex(said, new RegExp(`^pod/${name} created`, 'm'), own.join('\n'))
    }
  })
}

/** The table is Kubernetes 1.37's; a server of 1.34 is stricter about pods with a user namespace, and about newer sysctls. */
function isKnown({ name }: { name: string }): boolean {
  return !testedVersions.kubernetes.startsWith('1.34') || !STRICTER_IN_1_34.has(name)
}

const STRICTER_IN_1_34 = new Set(['unmasked-proc', 'root-of-its-own', 'newest-safe-sysctl'])

/** Tried, not kept. */
async function created(t: ExecutionContext<SandboxContext>, namespace: string): Promise<string> {
  const { kubectl, kubeconfig, context } = t.context.sandbox
  const connection = ['--kubeconfig', kubeconfig, '--context', context, '-n', namespace]
  const child = execFile(kubectl, [...connection, 'create', '--dry-run=server', '-f', '-'])
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', text => (said += text))
  const items = PODS.map(({ pod }) => pod)
  feed(child, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))
  await once(child, 'close')
  return said
}
