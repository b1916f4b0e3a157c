import { scratchProject, type ScratchProject } from '../support/project.ts'

const PROJECT = `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: shop}
spec:
  namespace: llm-ops
  environments:
    dev: {}
    production: {namespace: llm-prod, overlay: [{replicas: 2}]}
`

export function endpointFile(name: string, more = ''): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: {name: ${name}}
spec:
  image: registry.example.com/${name}:v1
  resources: {cpu: 1, memory: 1Gi}
${more}`
}

/** A project with two environments and the endpoints chat and rag. */
export async function shop(env: Record<string, string> = {}): Promise<ScratchProject> {
  return scratchProject({
    files: shopFiles(),
    env: { KUBECONFIG: '/does/not/exist', HOME: '/does/not/exist', ...env },
  })
}

export function shopFiles(): Record<string, string> {
  return {
    'slipway.yaml': PROJECT,
    'endpoints/chat.yaml': endpointFile('chat'),
    'endpoints/rag.yaml': endpointFile('rag'),
  }
}
