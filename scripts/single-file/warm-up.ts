/**
 * Runs the command line in the process that makes a snapshot, as users do: what it loads, compiles and builds is in
 * the snapshot, and must hold for every machine and every day.
 */
import { run } from '../../src/cli/run.ts'

const COMMANDS = ['validate', 'render', '--help']

export async function warmUp(): Promise<void> {
  const project = `${process.env['SLIPWAY_BUILD']}/project`
  for (const command of COMMANDS) {
    // oxlint-disable-next-line no-await-in-loop
    const exitCode = await run([...command.split(' '), '-C', project], quiet())
    if (exitCode !== 0) throw new Error(`${command} ended with ${exitCode} in the warm-up`)
  }
  await loadRooms()
}

/** What an apply loads. Nothing of it runs: no snapshot can hold Node's http. */
async function loadRooms(): Promise<void> {
  await import('../../src/cluster/open.ts')
  await import('../../src/plan/index.ts')
  await import('../../src/apply/index.ts')
  await import('../../src/overview/index.ts')
  await import('../../src/git/index.ts')
  await import('../../src/revisions/index.ts')
  await import('simple-git')
}

/** This process as the command line sees it, without its signals. */
function quiet(): NodeJS.Process {
  const nothing = () => {}
  const own: Record<string | symbol, unknown> = { on: nothing, once: nothing }
  return new Proxy(process, {
    get: (target, name) => own[name] ?? Reflect.get(target, name, target),
  })
}
