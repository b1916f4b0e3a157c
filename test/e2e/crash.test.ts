import { server, settings } from '../support/engine.ts'
import { killedEverywhere, type Scenario } from '../support/killed.ts'
import { sandboxTest } from '../support/sandbox.ts'

const { serial } = sandboxTest()

const CHANGES: Scenario = {
  before: {
    kept: [server('kept', 'kept:1')],
    swapped: [settings('swapped', 'one', { immutable: true })],
    leaving: [settings('leaving', 'one')],
  },
  after: {
    kept: [server('kept', 'kept:2'), settings('kept', 'new')],
    swapped: [settings('swapped', 'two', { immutable: true })],
    coming: [settings('coming', 'one')],
  },
}

serial(
  'R1, R5, D1 · killed at any request of creating, updating, replacing and pruning, the next apply converges',
  killedEverywhere(CHANGES),
)
