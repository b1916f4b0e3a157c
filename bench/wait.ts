import { spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { down, up } from '../src/sandbox/index.ts'

/** What waiting costs the built command line, on a real API server: npm run bench:wait. Prints what docs/performance.md shows. */

const CLI = resolve(import.meta.dirname, '../dist/cli/main.js')
const COUNTS = [50, 500]
/** Two waits: what the longer one takes beyond the shorter one is waiting and nothing else. */
const WAITS_SECONDS = [30, 90] as const
const NAME = 'bench-wait'

/** The process itself says what it took: nobody can ask once it has ended. */
const TELL_COST = `data:text/javascript,${encodeURIComponent(`
import { writeSync } from 'node:fs'
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const cost = { seconds: process.uptime(), cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: maxRSS * 1024 }
  writeSync(3, JSON.stringify(cost))
})
`)}`

const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
try {
  const { kubeconfig, context } = await up({
    name: NAME,
    kubeconfig: join(folder, 'kubeconfig'),
    onProgress: message => console.error(message),
  })
  const rows = COUNTS.map(count => measureWait({ count, kubeconfig, context }))
  print(['endpoints', 'CPU of the wait', 'peak MiB'], rows)
} finally {
  await down({ name: NAME })
  rmSync(folder, { recursive: true, force: true })
}

interface Job {
  count: number
  kubeconfig: string
  context: string
}

function measureWait({ count, kubeconfig, context }: Job): string[] {
  const directory = join(folder, String(count))
  writeProject(directory, count)
  const apply = (...more: string[]) =>
    run([CLI, 'apply', '--yes', '--context', context, ...more], directory, kubeconfig)
  apply('--no-wait')
  const [short, long] = WAITS_SECONDS.map(seconds => apply('--timeout', `${seconds}s`))
  if (short === undefined || long === undefined) throw new Error('nothing was measured')
  const share = (long.cpuSeconds - short.cpuSeconds) / (long.seconds - short.seconds)
  return [String(count), `${(share * 100).toFixed(1)} %`, (long.peakBytes / 2 ** 20).toFixed(0)]
}

interface Cost {
  seconds: number
  cpuSeconds: number
  peakBytes: number
}

/** Its pods never become ready: waiting ends with exit code 1, at the time given. */
function run(args: string[], cwd: string, kubeconfig: string): Cost {
  const told = join(cwd, 'cost')
  const tell = openSync(told, 'w')
  const { status, error } = spawnSync(process.execPath, ['--import', TELL_COST, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, KUBECONFIG: kubeconfig },
    stdio: ['ignore', 'ignore', 'ignore', tell],
  })
  closeSync(tell)
  if (status !== 0 && status !== 1) throw error ?? new Error(`${args.join(' ')}: exit ${status}`)
  return JSON.parse(readFileSync(told, 'utf8')) as Cost
}

function writeProject(directory: string, count: number): void {
  mkdirSync(join(directory, 'endpoints'), { recursive: true })
  writeFileSync(
    join(directory, 'slipway.yaml'),
    `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: bench }
spec:
  environments:
    sandbox: { namespace: bench-${count}, createNamespace: true }
`,
  )
  for (let index = 0; index < count; index++) {
    const name = `endpoint-${String(index).padStart(5, '0')}`
    writeFileSync(join(directory, `endpoints/${name}.yaml`), endpoint(name))
  }
}

/** The sandbox plays a server that runs and never passes its readiness probe. */
function endpoint(name: string): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: { name: ${name} }
spec:
  image: registry.example.com/${name}:1.0.0
  resources: { cpu: 10m, memory: 16Mi }
  patches:
    - target: { kind: Deployment }
      merge: { spec: { template: { metadata: { labels: { sandbox.slipway.dev/trouble: never-ready } } } } }
`
}

function print(head: string[], rows: string[][]): void {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  console.log([line(head), line(rule), ...rows.map(line)].join('\n'))
}
