import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const NAMESPACES = 20

/** Where the endpoints are, in every environment. */
export const namespaces = Array.from({ length: NAMESPACES }, (_, index) => `team-${index}`)

/** By name; the cluster of each, where there is one. */
export type Environments = Readonly<Record<string, { context?: string }>>

/** A project in git without endpoints. */
export function writeLargeProject(directory: string, environments: Environments): void {
  mkdirSync(join(directory, 'endpoints'), { recursive: true })
  const lines = Object.entries(environments).map(([name, { context }]) => {
    const where = context === undefined ? '' : `, context: ${context}`
    return `    ${name}: { namespace: bench-${name}, createNamespace: true${where} }\n`
  })
  writeFileSync(join(directory, 'slipway.yaml'), `${PROJECT}${lines.join('')}`)
  git(directory, 'init', '--quiet')
}

const PROJECT = `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: bench }
spec:
  environments:
`

interface Some {
  from?: number
  to: number
  version?: string
}

/** Writes and commits some endpoints, each with its namespace. */
export function commitEndpoints(
  directory: string,
  { from = 0, to, version = '1.0.0' }: Some,
): void {
  for (let index = from; index < to; index += 1) {
    const name = `endpoint-${String(index).padStart(5, '0')}`
    const text = `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: { name: ${name}, namespace: ${namespaces[index % NAMESPACES]} }
spec:
  image: registry.example.com/${name}:${version}
  resources: { cpu: { request: 1, limit: 2 }, memory: 4Gi }
  scaling: { min: 2, max: 6, cpu: 70 }
`
    writeFileSync(join(directory, 'endpoints', `${name}.yaml`), text)
  }
  git(directory, 'add', '--all')
  const who = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com']
  git(directory, ...who, 'commit', '--quiet', '--message', 'As it is now')
}

function git(directory: string, ...args: string[]): void {
  execFileSync('git', ['-C', directory, ...args], { stdio: 'ignore' })
}
