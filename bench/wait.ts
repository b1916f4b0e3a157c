import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { down, up } from '../src/sandbox/index.ts'
import { mebibytes, printTable } from './print-table.ts'
import { costOfApply, type Applying } from './waiting/cost.ts'
import { writeWaitingProject } from './waiting/project.ts'

/** What waiting costs the built command line, on a real API server: npm run bench:wait. Prints what docs/performance.md shows. */

const COUNTS = [50, 500]
/** Two waits: what the longer one takes beyond the shorter one is waiting and nothing else. */
const [SHORT_SECONDS, LONG_SECONDS] = [30, 90]
const NAME = 'bench-wait'

const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
try {
  const { kubeconfig, context } = await up({
    name: NAME,
    kubeconfig: join(folder, 'kubeconfig'),
    onProgress: message => console.error(message),
  })
  const rows: string[][] = []
  for (const count of COUNTS) rows.push(await measureWait({ count, kubeconfig, context }))
  printTable(['endpoints', 'CPU of the wait', 'peak MiB'], rows)
} finally {
  await down({ name: NAME })
  rmSync(folder, { recursive: true, force: true })
}

interface Job extends Omit<Applying, 'directory'> {
  count: number
}

async function measureWait({ count, ...where }: Job): Promise<string[]> {
  const directory = join(folder, String(count))
  writeWaitingProject(directory, { endpoints: count, namespace: `bench-${count}` })
  const apply = (...more: string[]) => costOfApply({ directory, ...where }, ...more)
  await apply('--no-wait')
  const short = await apply('--timeout', `${SHORT_SECONDS}s`)
  const long = await apply('--timeout', `${LONG_SECONDS}s`)
  const share = (long.cpuSeconds - short.cpuSeconds) / (long.seconds - short.seconds)
  return [String(count), `${(share * 100).toFixed(1)} %`, mebibytes(long.peakBytes)]
}
