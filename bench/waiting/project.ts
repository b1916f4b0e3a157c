import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A project in a namespace of its own whose pods run, and never become ready: an apply of it waits as long as it is let. */
export function writeWaitingProject(
  directory: string,
  {
    endpoints,
    replicas = 1,
    namespace,
  }: { endpoints: number; replicas?: number; namespace: string },
): void {
  mkdirSync(join(directory, 'endpoints'), { recursive: true })
  writeFileSync(
    join(directory, 'slipway.yaml'),
    `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: bench }
spec:
  environments:
    sandbox: { namespace: ${namespace}, createNamespace: true }
`,
  )
  for (let index = 0; index < endpoints; index++) {
    const name = `endpoint-${String(index).padStart(5, '0')}`
    writeFileSync(join(directory, `endpoints/${name}.yaml`), endpoint(name, replicas))
  }
}

/** The sandbox plays a server that runs and never passes its readiness probe. */
function endpoint(name: string, replicas: number): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: { name: ${name} }
spec:
  image: registry.example.com/${name}:1.0.0
  replicas: ${replicas}
  resources: { cpu: 10m, memory: 16Mi }
  patches:
    - target: { kind: Deployment }
      merge: { spec: { template: { metadata: { labels: { sandbox.slipway.dev/trouble: never-ready } } } } }
`
}
