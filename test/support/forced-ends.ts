import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'

/** What is given to Node to watch for `process.exit`, and what it has seen. */
export interface ForcedEnds {
  nodeOptions: string
  /** The command lines of the processes that did not end by themselves. */
  seen: () => Promise<string[]>
}

/** Watches processes that are started with its options: one that has nothing left to do must end without `process.exit`. */
export async function watchForcedEnds(t: ExecutionContext<never>): Promise<ForcedEnds> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-ends-'))
  const spy = join(folder, 'spy.mjs')
  const log = join(folder, 'forced')
  await writeFile(spy, SPY)
  await writeFile(log, '')
  t.teardown(() => rm(folder, { recursive: true }))
  return {
    nodeOptions: `--import ${spy}`,
    seen: async () => (await readFile(log, 'utf8')).split('\n').filter(line => line !== ''),
  }
}

const SPY = `
import { appendFileSync } from 'node:fs'
const { exit } = process
process.exit = code => {
  const held = process.getActiveResourcesInfo()
  appendFileSync(new URL('forced', import.meta.url), process.argv.slice(2).join(' ') + ': ' + held + '\\n')
  exit(code)
}
`
