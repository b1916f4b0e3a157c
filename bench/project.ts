import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes a project of so many endpoints: small ones on CPU, models on GPUs, and one in five for KServe. */
export function writeProject(directory: string, count: number): void {
  mkdirSync(join(directory, 'endpoints'), { recursive: true })
  writeFileSync(join(directory, 'slipway.yaml'), PROJECT)
  for (let index = 0; index < count; index++) {
    const name = `endpoint-${String(index).padStart(5, '0')}`
    const spec = SPECS[index % SPECS.length]?.(name) ?? ''
    writeFileSync(join(directory, `endpoints/${name}.yaml`), `${head(name)}${spec}`)
  }
}

const PROJECT = `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: bench }
spec:
  defaults:
    smoke: [{ get: /health }]
    scheduling: { spread: node }
  environments:
    production:
      namespace: bench
      kserve: { version: 0.16.0 }
      overlay: [{ env: { LOG_LEVEL: info } }]
`

function head(name: string): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: { name: ${name}, labels: { team: bench } }
spec:
  image: registry.example.com/${name}:1.0.0
`
}

const SCALED = (name: string) => `  resources: { cpu: { request: 1, limit: 2 }, memory: 4Gi }
  scaling: { min: 2, max: 6, cpu: 70 }
  ingress: { className: nginx, host: ${name}.example.com }
`

const GPU = (name: string) => `  resources: { cpu: 4, memory: 32Gi, gpus: 1 }
  env: { MODEL_NAME: ${name}, MAX_TOKENS: "4096" }
  loadTime: 10m
  ingress: { className: nginx, host: ${name}.example.com }
`

const REPLICATED = () => `  replicas: 3
  resources: { cpu: 500m, memory: 1Gi }
`

const KSERVE = () => `  runtime: kserve
  resources: { cpu: 2, memory: 8Gi }
`

const SPECS = [SCALED, GPU, REPLICATED, SCALED, KSERVE]
