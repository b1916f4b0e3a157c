import test from 'ava'
import { COMMANDS } from '../../src/cli/commands.ts'
import { flagWords } from '../../src/cli/help/placeholders.ts'
import { VERSION } from '../../src/object/index.ts'
import type { ScratchProject } from '../support/project.ts'
import { shop } from './scratch.ts'

let project: ScratchProject
test.before(async () => {
  project = await shop()
})
test.after.always(() => project.dispose())

test('alone it prints what there is', async t => {
  const { code, stdout, stderr } = await project.slipway()
  t.is(code, 0)
  t.is(stderr, '')
  for (const { name, summary } of COMMANDS) {
    t.regex(stdout, new RegExp(`^  ${name} `, 'm'))
    t.true(stdout.replaceAll(/\s+/g, ' ').includes(summary), summary)
  }
})

test('help is --help, also of a command', async t => {
  for (const command of [[], ['apply']]) {
    const [word, flag] = await Promise.all([
      project.slipway(...command, 'help'),
      project.slipway(...command, '--help'),
    ])
    t.is(word.code, 0)
    t.is(word.stdout, flag.stdout)
  }
})

test('help of a command, and version, are words, too', async t => {
  const [word, flag] = await Promise.all([
    project.slipway('help', 'apply'),
    project.slipway('apply', '--help'),
  ])
  t.deepEqual(word, flag)
  t.deepEqual(await project.slipway('version'), await project.slipway('--version'))
})

test('--help is the same', async t => {
  const [alone, help, short] = await Promise.all([
    project.slipway(),
    project.slipway('--help'),
    project.slipway('-h'),
  ])
  t.deepEqual(help, alone)
  t.deepEqual(short, alone)
})

test('--version prints the version', async t => {
  const expected = { code: 0, stdout: `${VERSION}\n`, stderr: '' }
  t.deepEqual(await project.slipway('--version'), expected)
  t.deepEqual(await project.slipway('apply', '--version'), expected)
})

for (const { name, examples, options, positionals } of COMMANDS) {
  test(`slipway ${name} --help has examples and every flag`, async t => {
    const { code, stdout, stderr } = await project.slipway(name, '--help')
    t.is(code, 0)
    t.is(stderr, '')
    t.true(examples.length > 0)
    const text = stdout.replaceAll(/\s+/g, ' ')
    for (const [line] of examples) t.true(text.includes(`slipway ${line}`.slice(0, 30)), line)
    for (const [flag, option] of Object.entries(options))
      for (const word of flagWords(flag, option, options)) t.true(text.includes(word), word)
    for (const word of Object.keys(positionals)) t.true(text.includes(word), word)
  })
}

const testUsage = test.macro<[args: string[], message: string, remedy?: string]>({
  exec: async (t, args, message, remedy) => {
    const { code, stdout, stderr } = await project.slipway(...args)
    t.is(code, 2)
    t.is(stdout, '')
    const [first, second = ''] = stderr.split('\n')
    t.is(first, `error: ${message}`)
    if (remedy !== undefined) t.is(second, `  do: ${remedy}`)
    t.true(stderr.trimEnd().split('\n').length <= 3, 'no help is dumped')
  },
  title: (_, args) => `usage · slipway ${args.join(' ')}`,
})

test(testUsage, ['aply'], 'there is no command "aply"', 'Did you mean apply? See `slipway --help`.')
test(testUsage, ['frobnicate'], 'there is no command "frobnicate"', 'See `slipway --help`.')
test(
  testUsage,
  ['get', 'endpoints'],
  'there is no command "get"',
  'Did you mean status? See `slipway --help`.',
)
test(
  testUsage,
  ['Describe', 'chat'],
  'there is no command "Describe"',
  'Did you mean status? See `slipway --help`.',
)
test(
  testUsage,
  ['APPLY'],
  'there is no command "APPLY"',
  'Did you mean apply? See `slipway --help`.',
)
test(testUsage, ['st'], 'there is no command "st"', 'Did you mean status? See `slipway --help`.')
test(testUsage, ['s'], 'there is no command "s"', 'See `slipway --help`.')
test(
  testUsage,
  ['help', 'aply'],
  'there is no command "aply"',
  'Did you mean apply? See `slipway --help`.',
)
test(testUsage, ['delete', 'chat', '--timeout', '5m'], 'slipway delete has no flag --timeout')
test(testUsage, ['plan'], 'there is no command "plan"', 'Did you mean diff? See `slipway --help`.')
test(
  testUsage,
  ['apply', '--tiemout', '5m'],
  'slipway apply has no flag --tiemout',
  'Did you mean --timeout? See `slipway apply --help`.',
)
test(testUsage, ['validate', '--no-such'], 'slipway validate has no flag --no-such')
test(testUsage, ['history', 'x'], 'slipway history does not take the argument "x"')
test(testUsage, ['validate', '-e'], '-e needs a value')
test(
  testUsage,
  ['canary', 'weight', 'chat', '--percent', '101'],
  '--percent must be a percentage from 0 to 100',
  'For half of the requests: `slipway canary weight chat --percent 50`.',
)
test(
  testUsage,
  ['canary', 'weight', 'chat', '-e', 'production'],
  '--percent must be a percentage from 0 to 100',
  'For half of the requests: `slipway canary weight -e production chat --percent 50`.',
)
test(
  testUsage,
  ['canary', 'promote', 'chat', '--percent', '10'],
  '--percent belongs to weight: it cannot be used with promote',
)
test(
  testUsage,
  ['canary', 'start', 'chat'],
  '<action> cannot be "start": it is one of "weight", "promote", "abort", "check"',
)
test(
  testUsage,
  ['diff', '-o', 'xml'],
  '--output cannot be "xml": it is one of "text", "json", "markdown", "html"',
)
test(
  testUsage,
  ['validate', '-e', 'dev', '-e', 'production'],
  '--environment is given more than once to slipway validate',
)
test(testUsage, ['sandbox'], 'slipway sandbox needs <action>: up, down, status, reset')
test(testUsage, ['canary', 'promote'], 'slipway canary needs <name>')
test(testUsage, ['-e', 'diff', 'canary', 'weight', '--percent', '5'], 'slipway canary needs <name>')
test(testUsage, ['apply', 'delete', '--promote'], 'slipway apply has no flag --promote')
test(
  testUsage,
  ['sandbox', 'uo'],
  '<action> cannot be "uo": it is one of "up", "down", "status", "reset"',
  'Did you mean up? See `slipway sandbox --help`.',
)
test(
  testUsage,
  ['diff', '-o', 'Markdwon'],
  '--output cannot be "Markdwon": it is one of "text", "json", "markdown", "html"',
  'Did you mean markdown? See `slipway diff --help`.',
)
test(testUsage, ['--wat'], 'slipway has no flag --wat')
test(
  testUsage,
  ['delete', '-e', 'dev'],
  'slipway delete needs either the names of endpoints or --all',
)
test(
  testUsage,
  ['delete', '-e', 'dev', 'chat', '--all'],
  'slipway delete needs either the names of endpoints or --all',
)
test(
  testUsage,
  ['apply', '-e', 'dev', '--timeout', '5'],
  '--timeout cannot be "5": give a duration with a unit, such as 90s, 10m or 1h30m',
)
test(
  testUsage,
  ['render', '-e', 'dev', '-o', 'dir'],
  '-o dir and --output-dir belong together: give both or none',
)
test(
  testUsage,
  ['render', 'chat', '-o', 'dir', '--output-dir', 'x'],
  '-o dir writes the whole project: it takes no names and no --explain',
)
test(testUsage, ['apply', '-e', 'dev', '--max-prune', 'many'], '--max-prune needs a number')
test(testUsage, ['apply', '-e', 'dev', '--max-prune=-1'], '--max-prune cannot be negative')

test('with --log-format json a usage error is JSON, too', async t => {
  const { code, stderr } = await project.slipway('validate', '--wat', '--log-format', 'json')
  t.is(code, 2)
  t.like(JSON.parse(stderr), { type: 'problem', code: 'usage' })
})

test('the completion script completes commands, flags and choices', async t => {
  const script = await project.slipway('completion')
  t.regex(script.stdout, /complete .*slipway/)
  for (const [shell, own] of [
    ['bash', /^complete -o /m],
    ['zsh', /^#compdef slipway/],
    ['fish', /^complete -c slipway/m],
  ] as const)
    t.regex((await project.slipway('completion', shell)).stdout, own)
  t.is((await project.slipway('completion', 'tcsh')).code, 2)
  const words = async (...line: string[]) => {
    const { stdout } = await project.slipway('--get-yargs-completions', 'slipway', ...line)
    return stdout.split('\n')
  }
  t.true((await words('app')).includes('apply'))
  t.true((await words('apply', '--')).includes('--plan-hash'))
  t.true((await words('diff', '-o', '')).includes('markdown'))
  t.true((await words('sandbox', '')).includes('up'))
  t.deepEqual(await words('apply', '-e', ''), ['dev', 'production', ''])
  t.deepEqual(await words('apply', '--timeout', ''), [''])
  t.deepEqual(await words('apply', '-e', 'p'), ['production', ''])
  t.deepEqual(await words('diff', 'r'), ['rag', ''])
  t.deepEqual(await words('status', 'rag', ''), ['chat', ''])
})
