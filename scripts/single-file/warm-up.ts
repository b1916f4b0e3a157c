/**
 * Runs the command line in this process as users do, so that V8 compiles what they need, and writes V8's cache of it:
 * node warm-up.ts SOURCE CACHE. With --check it says whether V8 takes the cache.
 */
import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { boundYoungGeneration } from '../../src/cli/memory.ts'
import { loadCode } from './code.ts'

const kubeconfig = (port: number) => `apiVersion: v1
kind: Config
clusters: [{ name: nowhere, cluster: { server: 'http://127.0.0.1:${port}' } }]
users: [{ name: nobody, user: {} }]
contexts: [{ name: nowhere, context: { cluster: nowhere, user: nobody } }]
current-context: nowhere
`

const [source = '', cache = '', check] = process.argv.slice(2)
boundYoungGeneration()

if (check === '--check') {
  const { script } = loadCode({
    source: readFileSync(source, 'latin1'),
    cache: readFileSync(cache),
  })
  if (script.cachedDataRejected !== false) throw new Error('V8 does not take its own cache')
} else await warmUp()

async function warmUp(): Promise<void> {
  const { run, script } = loadCode({ source: readFileSync(source, 'latin1') })
  const folder = mkdtempSync(join(tmpdir(), 'slipway-warm-up-'))
  const stranger = createServer((_request, response) => response.writeHead(401).end())
  await new Promise<void>(listening => stranger.listen(0, '127.0.0.1', listening))
  const { port } = stranger.address() as AddressInfo
  try {
    for (const command of commands(folder, port)) {
      // oxlint-disable-next-line no-await-in-loop
      await run([...command.split(' '), '-C', folder], quiet())
      if (command.startsWith('init')) commit(folder)
    }
    writeFileSync(cache, script.createCachedData())
  } finally {
    stranger.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What answers at the end is no cluster: what an apply does with one is compiled when it is needed. */
function commands(folder: string, port: number): string[] {
  const nowhere = join(folder, 'kubeconfig')
  writeFileSync(nowhere, kubeconfig(port))
  return [
    'init --name warm',
    'validate',
    'render',
    'diff --against HEAD',
    `status --kubeconfig ${nowhere}`,
  ]
}

function commit(folder: string): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' })
  git('init')
  git('add', '--all')
  git('-c', 'user.name=build', '-c', 'user.email=build@localhost', 'commit', '-m', 'as it is')
}

/** This process as the command line sees it, without its output and signals. */
function quiet(): NodeJS.Process {
  const stream = () => new Writable({ write: (_chunk, _encoding, done) => done() })
  const own: Record<string | symbol, unknown> = { stdout: stream(), stderr: stream(), on: () => {} }
  return new Proxy(process, {
    get: (target, name) => own[name] ?? Reflect.get(target, name, target),
  })
}
