import test from 'ava'
import { COMMANDS } from '../../src/cli/commands.ts'
import { helpGroups } from '../../src/cli/help/groups.ts'

/** How the help of a command is divided. */

const titlesOf = (command: string) => {
  const options = COMMANDS.find(({ name }) => name === command)?.options ?? {}
  return helpGroups(Object.keys(options)).map(([title]) => title)
}

test('flags are grouped by what they are for', t => {
  t.deepEqual(titlesOf('apply'), [
    'Scope:',
    'Options:',
    'Waiting:',
    'Guards:',
    'Force:',
    'Cluster:',
  ])
  t.deepEqual(titlesOf('history'), ['Scope:', 'Options:', 'Cluster:'])
})

for (const { name, options } of COMMANDS) {
  test(`slipway ${name}: each flag is in one group`, t => {
    const shown = helpGroups(Object.keys(options)).flatMap(([, flags]) => flags)
    t.deepEqual(shown.toSorted(), Object.keys(options).toSorted())
  })
}

test('the help of delete speaks of deletions, not of readiness', t => {
  const { options = {} } = COMMANDS.find(({ name }) => name === 'delete') ?? {}
  const texts = Object.values(options).map(({ describe = '' }) => describe)
  t.deepEqual(
    texts.filter(text => /ready/.test(text)),
    [],
  )
})
