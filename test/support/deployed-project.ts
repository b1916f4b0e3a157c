import { threadId } from 'node:worker_threads'
import type { ExecutionContext } from 'ava'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { kubectlFor, type Kubectl } from './kubectl.ts'
import { scratchProject, type Result, type ScratchProject } from './project.ts'

/** A scratch project with a namespace of its own in the sandbox; both go when the test ends. */
export interface DeployedProject extends ScratchProject {
  namespace: string
  kubectl: Kubectl
  /** Runs slipway and expects this exit code. */
  expect: (code: number, ...args: string[]) => Promise<Result>
}

let count = 0

export async function deployedProject(
  t: ExecutionContext<{ sandbox: Sandbox }>,
  endpoints: Record<string, string>,
  environment = 'createNamespace: true',
): Promise<DeployedProject> {
  const { sandbox } = t.context
  count += 1
  // Test files are threads of one process.
  const namespace = `test-${process.pid}-${threadId}-${count}`
  const project = await scratchProject({
    files: { 'slipway.yaml': projectFile(namespace, environment), ...named(endpoints) },
    env: { KUBECONFIG: sandbox.kubeconfig },
  })
  await project.commit('The beginning')
  const kubectl = kubectlFor(sandbox)
  t.teardown(async () => {
    await project.dispose()
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false')
  })
  return {
    ...project,
    namespace,
    kubectl,
    expect: async (code, ...args) => {
      const result = await project.slipway(...args)
      t.is(result.code, code, `slipway ${args.join(' ')}\n${result.stderr}\n${result.stdout}`)
      return result
    },
  }
}

function projectFile(namespace: string, environment: string): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: test}
spec:
  environments:
    test: {namespace: ${namespace}, ${environment}}
`
}

function named(endpoints: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(endpoints).map(([name, spec]) => [
      `endpoints/${name}.yaml`,
      endpointText(name, spec),
    ]),
  )
}

/** An endpoint file; `spec` is indented by two and comes after image and resources. */
export function endpointText(name: string, spec = '', runtime = 'deployment'): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: ${name}}
spec:
  runtime: ${runtime}
  image: registry.example.com/${name}:v1
  resources: {cpu: 100m, memory: 128Mi}
${spec}`
}
