import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { down, up } from '../src/sandbox/index.ts'

/**
 * Whether every process ends: runs a small command of the built command line again and again, and reports those that did
 * their work and stayed (docs/decisions/0061-a-process-ends-by-itself.md).
 * npm run bench:ends -- [--command apply|validate] [--runs 5000] [--node-option --optimize-for-size]
 */

const CLI = resolve(import.meta.dirname, '../dist/cli/main.js')
const NAME = 'bench-ends'

/** A small command takes a second. One that is still there is looked at each time that so much has passed. */
const LOOK_SECONDS = 30

const { values } = parseArgs({
  options: {
    command: { type: 'string', default: 'apply' },
    runs: { type: 'string', default: '5000' },
    cli: { type: 'string', default: CLI },
    'node-option': { type: 'string', multiple: true, default: [] },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'slipway-ends-'))
const isApply = values.command === 'apply'
let hung = 0
try {
  const kubeconfig = join(folder, 'kubeconfig')
  if (isApply) await up({ name: NAME, kubeconfig, onProgress: message => console.error(message) })
  writeProject()
  for (let run = 1; run <= Number(values.runs); run += 1) {
    writeEndpoint(run)
    // oxlint-disable-next-line no-await-in-loop -- one after another: a process that is alone has the most threads
    if (!(await ends(isApply ? ['apply', '--yes'] : ['validate']))) hung += 1
    if (run % 100 === 0) console.error(`${run} runs, ${hung} did not end`)
  }
  console.log(`${values.runs} × ${values.command}: ${hung} did not end`)
  process.exitCode = hung === 0 ? 0 : 1
} finally {
  if (isApply) await down({ name: NAME })
  rmSync(folder, { recursive: true, force: true })
}

/** Runs it once; false when it had to be killed. Throws when it failed: that is another fault. */
async function ends(args: string[]): Promise<boolean> {
  const child = spawn(process.execPath, [...values['node-option'], values.cli, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: join(folder, 'kubeconfig') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  let isKilled = false
  let before = ''
  const looking = setInterval(() => {
    const { text, usedTicks, isAsleep } = threadsOf(child.pid)
    const now = isAsleep ? usedTicks : ''
    isKilled = now !== '' && now === before
    before = now
    if (!isKilled) return
    console.error(`process ${child.pid} did not end: ${text}\n${said}`)
    child.kill('SIGKILL')
  }, LOOK_SECONDS * 1000)
  const code = await new Promise(done => child.on('close', done))
  clearInterval(looking)
  if (!isKilled && code !== 0) throw new Error(`${args.join(' ')}: exit ${String(code)}\n${said}`)
  return !isKilled
}

/** What each of its threads waits for, as far as the kernel tells, and whether any has worked: on a busy machine one may be slow. */
function threadsOf(pid = 0): { text: string; usedTicks: string; isAsleep: boolean } {
  const tasks = `/proc/${pid}/task`
  const threads = readdirSync(tasks).map(task => {
    const read = (file: string) => readFileSync(join(tasks, task, file), 'utf8').trim()
    const [state, ...numbers] = read('stat')
      .replace(/^.*\) /s, '')
      .split(' ')
    return {
      state,
      ticks: `${numbers[10]}+${numbers[11]}`,
      text: `${read('comm')} ${read('wchan')}`,
    }
  })
  return {
    text: threads.map(({ text }) => text).join(', '),
    usedTicks: threads.map(({ ticks }) => ticks).join(' '),
    isAsleep: threads.every(({ state }) => state === 'S'),
  }
}

function writeProject(): void {
  mkdirSync(join(folder, 'endpoints'))
  writeFileSync(
    join(folder, 'slipway.yaml'),
    `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: bench }
spec:
  environments:
    sandbox: { namespace: ends, createNamespace: true }
`,
  )
}

/** Each run changes something, so that there is something to apply and to wait for. */
function writeEndpoint(run: number): void {
  writeFileSync(
    join(folder, 'endpoints/chat.yaml'),
    `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: { name: chat }
spec:
  image: registry.example.com/chat:1.0.0
  resources: { cpu: 10m, memory: 16Mi }
  env: { RUN: '${run}' }
`,
  )
}
