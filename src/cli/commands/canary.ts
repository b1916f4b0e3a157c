import { failure, SlipwayError } from '../../problem/index.ts'
import { defineCommand } from '../command.ts'
import { NAMESPACE, YES, numberFlag, switchFlag } from '../options.ts'
import { reportProblems } from '../problems.ts'
import { openCheckout, proposeRollback, ROLLING_BACK } from '../propose.ts'
import type { Terminal } from '../terminal.ts'
import type { CanaryStep, GateQuestion } from '../../revisions/index.ts'

export const canary = defineCommand({
  name: 'canary',
  summary: 'Make the commit that shifts, promotes or gives up a canary',
  description:
    'Shows what changes, asks, and commits it: `weight` gives the candidate another share of the requests, `promote` moves the ' +
    'fields of spec.canary up into the spec, so that its pods serve from then on, and `abort` removes spec.canary. The pipeline, or ' +
    '`slipway apply`, then applies it. Before the candidate gets more requests, the Prometheus of spec.canary.gate is queried; ' +
    '`check` does only that. Exit code 1 when the gate is closed. Needs no cluster.',
  positionals: {
    action: {
      describe: 'What to do',
      many: false,
      choices: ['weight', 'promote', 'abort', 'check'],
    },
    name: { describe: 'The endpoint', many: false },
  },
  options: {
    percent: numberFlag('Give the candidate this share of the requests, 0 to 100'),
    gate: {
      type: 'boolean',
      default: true,
      describe: 'Ask the gate; --no-gate skips it',
    },
    ...ROLLING_BACK,
    'dry-run': switchFlag('Show what would change and stop'),
    ...YES,
    ...NAMESPACE,
  },
  examples: [
    [
      'canary weight chat -e production --percent 50 --push',
      'Half of the requests, once the pipeline has applied it',
    ],
    [
      'canary promote chat -e production --pr',
      'The candidate serves, when the pull request is merged',
    ],
    [
      'canary check chat -e production',
      'Whether the gate is open, such as in a workflow before the next step',
    ],
    [
      'canary abort chat -e production --push --yes',
      'All requests back to the version that served before',
    ],
  ],
  run: async (args, terminal) => {
    const step = stepOf(args)
    const checkout = await openCheckout(args, terminal)
    const { canaryGate, passGate, planCanary } = await import('../../revisions/index.ts')
    const { name } = args
    const question = { ...checkout, choice: args, name }
    const told = async (gate: GateQuestion) =>
      terminal.err(`the gate of ${name}'s canary is open: ${await passGate(gate)}\n`)
    if (step.type === 'check') {
      const gate = await canaryGate(question)
      return answered(() => told(gate), checkout)
    }
    const planned = await planCanary({ ...question, step })
    return proposeRollback(planned, {
      ...checkout,
      args,
      before: async () => {
        if (args.gate && planned.gate !== undefined) await told(planned.gate)
      },
    })
  },
})

/** A gate that is closed is an answer, and no failure of the command. */
async function answered(
  ask: () => Promise<unknown>,
  { terminal, directory }: { terminal: Terminal; directory: string },
): Promise<number> {
  try {
    await ask()
    return 0
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error
    reportProblems(error.problems, terminal, directory)
    return 1
  }
}

const WITHOUT_SHARE = ['promote', 'abort', 'check'] as const

interface Asked {
  action: string
  name: string
  percent: number | undefined
}

function stepOf({ action, name, percent: to }: Asked): CanaryStep {
  if (action !== 'weight') {
    if (to === undefined) return { type: WITHOUT_SHARE.find(type => type === action) ?? 'abort' }
    throw failure('usage', `--percent belongs to weight: it cannot be used with ${action}`)
  }
  if (to === undefined || !Number.isInteger(to) || to < 0 || to > 100)
    throw failure('usage', '--percent must be a percentage from 0 to 100', {
      remedy: `For half of the requests: \`slipway canary weight ${name} --percent 50\`.`,
    })
  return { type: 'weight', to }
}
