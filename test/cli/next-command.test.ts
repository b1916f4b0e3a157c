import test from 'ava'
import { applyPlanned, commandLine, lookAtFailed } from '../../src/cli/next-command.ts'

/** The next command is printed ready to be copied. */

test('words are quoted where a shell would take them apart', t => {
  t.is(commandLine(['apply', '-e', 'staging']), 'slipway apply -e staging')
  t.is(commandLine(['apply', "it's", 'a b', '']), String.raw`slipway apply 'it'\''s' 'a b' ''`)
})

test('after a failed apply it is a look at what failed', t => {
  t.is(lookAtFailed('staging', ['chat', 'rag']), 'next: slipway status -e staging chat rag\n')
  t.is(lookAtFailed('staging', ['a', 'b', 'c', 'd', 'e', 'f']), 'next: slipway status -e staging\n')
})

test('after a diff it is the apply of that plan', t => {
  const plan = { environment: 'staging', hash: '3f9c', names: ['chat'] }
  t.is(applyPlanned(plan), 'next: slipway apply -e staging chat --plan-hash 3f9c\n')
})
