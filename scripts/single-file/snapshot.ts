import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir, hostname, userInfo } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')

/** A project for the warm-up, committed: the example of `slipway init`, and an endpoint of each sort. */
export function makeProject(folder: string): void {
  const project = join(folder, 'project')
  mkdirSync(project)
  const cli = join(ROOT, 'src/cli/main.ts')
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: project, stdio: ['ignore', 'ignore', 'pipe'] })
  run(process.execPath, cli, 'init', '--name', 'warm')
  for (const [name, spec] of Object.entries(SPECS))
    writeFileSync(join(project, `endpoints/${name}.yaml`), endpoint(name, spec))
  run('git', 'init', '--quiet')
  run('git', 'add', '--all')
  const who = ['-c', 'user.name=build', '-c', 'user.email=build@localhost']
  run('git', ...who, 'commit', '--quiet', '--message', 'as it is')
}

const SPECS = {
  scaled:
    'scaling: { min: 2, max: 6, cpu: 70 }, ingress: { className: nginx, host: scaled.example.com }',
  gpu: 'loadTime: 10m, env: { LOG_LEVEL: info }',
  replicated: 'replicas: 3',
}

function endpoint(name: string, spec: string): string {
  const gpus = name === 'gpu' ? 1 : 0
  return `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: { name: ${name} }
spec: { image: registry.example.com/${name}:1.0.0, resources: { cpu: 1, memory: 4Gi, gpus: ${gpus} }, ${spec} }
`
}

/** Of the machine that makes the snapshot, for the process that makes it. */
export function environment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    TZ: 'UTC',
    LC_ALL: 'C',
    SLIPWAY_BUILD: folder,
    SLIPWAY_PACKAGE: join(ROOT, 'src'),
  }
}

/** Throws where the blob names the machine that it was made on: nothing of it belongs into a file that others run. */
export function refuseTraces(blob: string, folder: string): void {
  const content = readFileSync(blob)
  const found = [folder, ROOT, homedir(), userInfo().username, hostname()].filter(
    trace => trace.length >= SHORTEST_TRACE && content.includes(trace),
  )
  if (found.length > 0)
    throw new Error(`the snapshot names the machine that made it: ${found.join(', ')}`)
}

/** "root" or "/root" is in every Node. */
const SHORTEST_TRACE = 8
