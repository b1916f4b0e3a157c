import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { anHttpServer, json } from './http-server.ts'
import type { Result } from './project.ts'

/** Somebody in an empty folder, with the commands `slipway` and `git`. */
export interface User {
  directory: string
  run: (command: string, args: readonly string[], input?: string) => Promise<Result>
}

/** From an empty folder to a served model of KServe, back to an older commit, and to nothing again. */
export async function wholeWay(t: ExecutionContext, user: User, name: string): Promise<void> {
  const run = async (code: number, command: string, args: readonly string[], input?: string) => {
    const result = await user.run(command, args, input)
    t.is(result.code, code, `${command} ${args.join(' ')}\n${result.stderr}\n${result.stdout}`)
    return result.stdout
  }
  const slipway = (code: number, ...args: string[]) => run(code, 'slipway', args)
  const commit = async (message: string) => {
    await run(0, 'git', ['add', '--all'])
    await run(0, 'git', ['commit', '--quiet', '--message', message])
  }
  await run(0, 'git', ['init', '--quiet', '--initial-branch=main'])
  await slipway(0, 'init', '--name', 'flowers', '-e', 'test', '--context', `slipway-${name}`)
  await slipway(0, 'new', 'iris', '--runtime', 'kserve', ...IRIS)
  await commit('begin')
  await slipway(0, 'validate')

  const up = await slipway(0, 'sandbox', 'up', '--kserve', '--name', name, '-o', 'json')
  const sandbox = JSON.parse(up)
  t.regex(await slipway(0, 'apply', '--yes'), /iris/)
  t.regex(await slipway(0, 'status'), /✓ +iris .* ready$/m)
  const server = await anHttpServer(t as never, { 'GET /health': json({ status: 'ok' }) })
  const kubectl = ['--kubeconfig', sandbox.kubeconfig, '--context', sandbox.context]
  const apply = [...kubectl, 'apply', '--server-side', '-f', '-']
  await run(0, sandbox.kubectl, apply, podsAnswerFrom(server.port))
  await answered(() => user.run('slipway', ['smoke', 'iris']))
  t.regex(await slipway(0, 'smoke'), /✓ +iris +GET \/health +200/)

  edit(user, 'endpoints/iris.yaml', 'iris:v1', 'iris:v2')
  await commit('second')
  t.regex(await slipway(1, 'diff', '--exit-code'), /iris:v2/)
  await slipway(0, 'apply', '--yes')
  await slipway(0, 'rollback', '--yes')
  t.regex(await run(0, 'git', ['show', 'HEAD:endpoints/iris.yaml']), /iris:v1/)
  await slipway(0, 'apply', '--yes')
  await slipway(0, 'diff', '--exit-code')

  await slipway(0, 'delete', '--all', '--yes')
  const kinds = 'inferenceservices,deployments,services,pods'
  t.is(await run(0, sandbox.kubectl, [...kubectl, 'get', kinds, '-n', 'flowers', '-o', 'name']), '')
  await slipway(0, 'sandbox', 'down', '--name', name)
}

const IRIS = ['--image', 'registry.example.com/iris:v1', '--cpu', '100m', '--memory', '128Mi']

function edit({ directory }: User, file: string, from: string, to: string): void {
  const path = join(directory, file)
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}

/** The sandbox plays the pods; what they answer comes from here (docs/sandbox.md). */
function podsAnswerFrom(port: number): string {
  return JSON.stringify({
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterPortForward',
    metadata: { name: 'server' },
    spec: { forwards: [{ target: { address: '127.0.0.1', port } }] },
  })
}

/** What plays the pods hears a moment later what shall answer for them. */
async function answered(ask: () => Promise<Result>): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;)
    if ((await ask()).code === 0) return
}
