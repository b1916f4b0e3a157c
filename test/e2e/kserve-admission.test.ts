import type { Kubectl } from '../support/kubectl.ts'
import { kserveProject } from '../support/kserve-project.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Beside policies that change what KServe writes: here the API server's own, in clusters often Kyverno's. */

const { kserve } = sandboxTest()

const PINNED = 'registry.example.com/chat@sha256:'

/** From there on, MutatingAdmissionPolicy is served without being asked for. */
const POLICIES = { kubernetesFrom: '1.36' }

kserve(
  'K3 · a policy that pins images keeps no InferenceService from being ready',
  async t => {
    const { expect, kubectl, namespace, edit } = await kserveProject(t, { chat: '' })
    await kubectl('create', 'namespace', namespace)
    await mutateDeployments(kubectl, namespace, [
      '[JSONPatch{op: "replace", path: "/spec/template/spec/containers/0/image", value: ',
      'object.spec.template.spec.containers[0].image.contains("@")',
      '  ? object.spec.template.spec.containers[0].image',
      `  : "${PINNED}" + (object.spec.template.spec.containers[0].image.endsWith("v2") ? "${'b2'.repeat(32)}" : "${'a1'.repeat(32)}")`,
      '}]',
    ])
    await expect(0, 'apply', '--yes', '--timeout', '90s')
    const messageOf = async () => {
      const { stdout } = await expect(0, 'status', '-o', 'json')
      const [seen] = (JSON.parse(stdout) as { endpoints: { message: string }[] }).endpoints
      return seen?.message ?? ''
    }
    t.true((await messageOf()).includes(`admission made ${PINNED}a1a1`))
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    await expect(0, 'apply', '--yes', '--timeout', '90s')
    t.true((await messageOf()).includes(`admission made ${PINNED}b2b2`))
  },
  POLICIES,
)

kserve(
  'K3 · what a policy takes away is named with who may do it',
  async t => {
    const { expect, kubectl, namespace } = await kserveProject(t, { chat: '  args: [--trace]\n' })
    await kubectl('create', 'namespace', namespace)
    await mutateDeployments(kubectl, namespace, [
      '[JSONPatch{op: "add", path: "/spec/template/spec/containers/0/args", value: ["--quiet"]}]',
    ])
    const { stderr } = await expect(1, 'apply', '--yes', '--timeout', '45s')
    t.regex(stderr, /its containers\[0\]\.args is not what was asked for: an admission policy/)
    t.regex(stderr, /kubectl get mutatingadmissionpolicies,mutatingwebhookconfigurations/)
  },
  POLICIES,
)

async function mutateDeployments(
  kubectl: Kubectl,
  namespace: string,
  expression: readonly string[],
): Promise<void> {
  const apiVersion = 'admissionregistration.k8s.io/v1'
  const name = `rewrite-${namespace}`
  const rule = { apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'] }
  await kubectl.apply({
    apiVersion,
    kind: 'MutatingAdmissionPolicy',
    metadata: { name },
    spec: {
      reinvocationPolicy: 'Never',
      failurePolicy: 'Fail',
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        resourceRules: [{ ...rule, operations: ['CREATE', 'UPDATE'] }],
      },
      mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression: expression.join('\n') } }],
    },
  })
  await kubectl.apply({
    apiVersion,
    kind: 'MutatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name },
  })
}
