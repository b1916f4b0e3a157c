import test from 'ava'
import type { Options } from 'yargs'
import { COMMANDS } from '../../src/cli/commands.ts'
import { helpAskedBy } from '../../src/cli/help/asked.ts'
import { flagWords } from '../../src/cli/help/placeholders.ts'
import { helpPage } from '../../src/cli/help/page.ts'
import { GLOBAL } from '../../src/cli/options.ts'

/** The help of a command, as it is read on screens of several widths. */

const pageFor = (name: string, columns: number) =>
  helpPage({ commands: COMMANDS, command: COMMANDS.find(each => each.name === name), columns })

for (const columns of [60, 80, 120, 200]) {
  test(`help is no wider than ${columns} columns, words are whole, and lines end without blanks`, t => {
    for (const { name, examples } of COMMANDS) {
      // What is to be copied stays in one line.
      const copied = new Set(examples.map(([line]) => `  slipway ${line}`))
      for (const line of pageFor(name, columns).split('\n')) {
        t.true(line.length <= columns || copied.has(line), line)
        t.is(line, line.trimEnd())
      }
    }
  })
}

test('a flag that takes a value says what it is, one that is on says how it is switched off', t => {
  const page = pageFor('apply', 80)
  for (const words of ['-e, --environment NAME', '--timeout DURATION', '--max-prune COUNT'])
    t.true(page.includes(words), words)
  t.regex(page, /^ {6}--\[no-\]wait {2}/m)
  t.regex(page, /^ {2}-y, --yes {2}/m)
})

test('a flag of promote says that it takes an environment, one of rollback that it takes a revision', t => {
  for (const words of ['--from ENVIRONMENT', '--to ENVIRONMENT', '--min-soak DURATION'])
    t.true(pageFor('promote', 80).includes(words), words)
  t.true(pageFor('rollback', 80).includes('--to REVISION'))
  t.true(pageFor('handoff', 80).includes('--oci ADDRESS'))
})

test('a value that may be left out is in brackets', t => {
  t.deepEqual(flagWords('server', { type: 'string' }), ['--server[=PLACE]'])
  t.deepEqual(flagWords('output', { alias: 'o', choices: ['a'] }), ['-o', '--output FORMAT'])
})

const VERB = /^(?:With --yes, go|Do not|[A-Z][a-z]+) /
const NOUNS =
  /^(?:Time|Environment|Namespace|Folder|Version|Output|Host|Every|Only|The|Of|Where|What|Which|Stack)\b/

for (const { name, options } of [...COMMANDS, { name: '(all)', options: GLOBAL }]) {
  test(`slipway ${name}: what a flag does begins with a verb`, t => {
    for (const [flag, { describe = '' }] of Object.entries<Options>({ ...options })) {
      t.regex(describe, VERB, flag)
      t.notRegex(describe, NOUNS, flag)
    }
  })
}

test('delete takes no flag that it would ignore', t => {
  const { options = {} } = COMMANDS.find(({ name }) => name === 'delete') ?? {}
  for (const flag of ['timeout', 'allow-empty', 'allow-loss', 'force-conflicts', 'take-fields'])
    t.false(flag in options, flag)
})

test('completion has a page, like any command', t => {
  const question = helpAskedBy(['completion', '--help'], COMMANDS)
  const page = helpPage({ commands: COMMANDS, command: question?.command, columns: 80 })
  t.true(page.startsWith('slipway completion [SHELL]\n'))
  t.true(page.includes('slipway completion bash >> ~/.bashrc'))
})
