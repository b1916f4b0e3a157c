import test from 'ava'
import { COMMANDS } from '../../src/cli/commands.ts'
import { wantedBy } from '../../src/cli/help/completion.ts'

/** Which names complete a word. */

const ROWS: [line: string, wanted: ReturnType<typeof wantedBy>][] = [
  ['slipway ', undefined],
  ['slipway apply -e ', 'environments'],
  ['slipway status --environment pro', 'environments'],
  ['slipway apply ', 'endpoints'],
  ['slipway apply chat ra', 'endpoints'],
  ['slipway apply --yes ', 'endpoints'],
  ['slipway apply --timeout ', undefined],
  ['slipway diff -o ', undefined],
  ['slipway apply --pl', undefined],
  ['slipway history --endpoint ', 'endpoints'],
  ['slipway promote --from ', 'environments'],
  ['slipway promote chat --from staging --to pro', 'environments'],
  ['slipway promote ch', 'endpoints'],
  ['slipway rollback --to ', undefined],
  ['slipway new ', undefined],
  ['slipway sandbox ', ['up', 'down', 'status', 'reset']],
  ['slipway sandbox up ', undefined],
  ['slipway handoff ', ['flux', 'argo']],
  ['slipway canary ', ['weight', 'promote', 'abort', 'check']],
  ['slipway canary promote ', 'endpoints'],
  ['slipway canary weight chat --percent ', undefined],
  ['slipway import -e ', 'environments'],
  ['slipway import --', undefined],
]

for (const [line, wanted] of ROWS) {
  test(`completion of "${line}": ${String(wanted ?? 'no names')}`, t => {
    t.deepEqual(wantedBy({ words: line.split(' '), commands: COMMANDS }), wanted)
  })
}

test('completion knows the kinds of what is imported', t => {
  for (const [line, kind] of [['slipway import ', 'deployment']] as const) {
    const wanted = wantedBy({ words: line.split(' '), commands: COMMANDS })
    t.true(Array.isArray(wanted) && wanted.includes(kind), line)
  }
})
