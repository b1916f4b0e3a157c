import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A project of endpoints that become five objects each: Deployment, Service, HPA, Ingress and PodDisruptionBudget. */

export function writeProjectFile(project: string, namespace: string): void {
  mkdirSync(join(project, 'endpoints'), { recursive: true })
  writeFileSync(join(project, 'slipway.yaml'), projectFile(namespace))
}

export function endpointName(index: number): string {
  return `endpoint-${String(index).padStart(5, '0')}`
}

export function endpointFile(project: string, name: string): string {
  return join(project, `endpoints/${name}.yaml`)
}

export function writeEndpoint(project: string, name: string, version: string): void {
  writeFileSync(endpointFile(project, name), endpoint(name, version))
}

export const ENVIRONMENT = 'bench'

function projectFile(namespace: string): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: bench }
spec:
  environments:
    ${ENVIRONMENT}: { namespace: ${namespace} }
`
}

function endpoint(name: string, version: string): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: { name: ${name}, labels: { team: bench } }
spec:
  image: registry.example.com/${name}:${version}
  resources: { cpu: { request: 1, limit: 2 }, memory: 4Gi }
  env: { MODEL_NAME: ${name}, LOG_LEVEL: info, MAX_BATCH_SIZE: "32" }
  scaling: { min: 2, max: 6, cpu: 70 }
  ingress: { className: nginx, host: ${name}.example.com }
`
}
