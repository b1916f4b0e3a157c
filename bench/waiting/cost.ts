import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const CLI = resolve(import.meta.dirname, '../../dist/cli/main.js')

/** The process itself says what it took: nobody can ask once it has ended. */
const TELL_COST = `data:text/javascript,${encodeURIComponent(`
import { writeSync } from 'node:fs'
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const cost = { seconds: process.uptime(), cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: maxRSS * 1024 }
  writeSync(3, JSON.stringify(cost))
})
`)}`

export interface Cost {
  seconds: number
  cpuSeconds: number
  peakBytes: number
}

export interface Applying {
  directory: string
  kubeconfig: string
  context: string
}

/** An apply by the built command line; what it waits for never comes, so that waiting ends with exit code 1, at the time given. */
export async function costOfApply(
  { directory, kubeconfig, context }: Applying,
  ...more: readonly string[]
): Promise<Cost> {
  const args = ['apply', '--yes', '--context', context, ...more]
  const told = join(directory, 'cost')
  const tell = openSync(told, 'w')
  const child = spawn(process.execPath, ['--import', TELL_COST, CLI, ...args], {
    cwd: directory,
    env: { PATH: process.env['PATH'], HOME: directory, KUBECONFIG: kubeconfig },
    stdio: ['ignore', 'ignore', 'ignore', tell],
  })
  const [status] = await once(child, 'exit')
  closeSync(tell)
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')}: exit ${status}`)
  return JSON.parse(readFileSync(told, 'utf8')) as Cost
}
