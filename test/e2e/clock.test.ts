import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { CLI } from '../support/cli.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Ages and the record go by the API server's clock: this machine's may be wrong. */

const { serial } = sandboxTest()

const HOUR_MS = 3_600_000

const run = promisify(execFile)

/** Loaded by Node first: every clock that the command line reads is off by so much. */
function wrongClock(byMs: number): string {
  const code = `
const Right = Date
globalThis.Date = class Date extends Right {
  constructor(...parts) { super(...(parts.length === 0 ? [Right.now() + ${byMs}] : parts)) }
  static now() { return Right.now() + ${byMs} }
}`
  return `data:text/javascript,${encodeURIComponent(code)}`
}

const CLOCKS: [string, number][] = [
  ['ahead', 5 * HOUR_MS],
  ['behind', -5 * HOUR_MS],
]

for (const [title, byMs] of CLOCKS) {
  serial(
    `R5 · a clock that is five hours ${title} moves no age and no time of the record`,
    async t => {
      const project = await deployedProject(t, { chat: '' })
      const slipway = async (...args: string[]) => {
        const command = ['--import', wrongClock(byMs), CLI, ...args]
        const env = { ...process.env, KUBECONFIG: t.context.sandbox.kubeconfig, NO_COLOR: '1' }
        const { stdout } = await run(process.execPath, command, { cwd: project.directory, env })
        return stdout
      }
      const before = Date.now() - 1000
      const isRight = (time: string) =>
        before <= Date.parse(time) && Date.parse(time) <= Date.now() + 1000
      await slipway('apply', '--yes')
      const { revisions } = JSON.parse(await slipway('history', '-o', 'json'))
      t.true(isRight(revisions[0].time), revisions[0].time)
      t.regex(await slipway('history'), / \d+[sm] +succeeded /)
      const shown = await slipway('status')
      t.regex(shown, /, applied \d+[sm] ago by /)
      t.notRegex(shown, / \d+h /)
      const { namespace } = project
      const events = await project.kubectl('get', 'events', '-n', namespace, '-o', 'json')
      const { items } = JSON.parse(events) as {
        items: { reason: string; firstTimestamp: string }[]
      }
      const applied = items.filter(({ reason }) => reason === 'Applied')
      t.is(applied.length, 1)
      t.true(
        applied.every(({ firstTimestamp }) => isRight(firstTimestamp)),
        events,
      )
    },
  )
}
