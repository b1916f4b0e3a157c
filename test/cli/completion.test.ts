import test from 'ava'
import { COMMANDS } from '../../src/cli/commands.ts'
import { completeForShell, completeNames, wantedBy } from '../../src/cli/help/completion.ts'
import { FISH, shellAsked, unknownShell } from '../../src/cli/help/completion-script.ts'
import { parse } from '../../src/cli/parse.ts'
import { shop } from './scratch.ts'

/** Which names complete a word. */

const ROWS: [line: string, wanted: ReturnType<typeof wantedBy>][] = [
  ['slipway ', undefined],
  ['slipway apply -e ', 'several'],
  ['slipway status --environment pro', 'several'],
  ['slipway smoke -e ', 'environments'],
  ['slipway import -e ', 'environments'],
  ['slipway apply ', 'endpoints'],
  ['slipway apply chat ra', 'endpoints'],
  ['slipway apply --yes ', 'endpoints'],
  ['slipway apply --timeout ', []],
  ['slipway apply --timeout 5m ', 'endpoints'],
  ['slipway apply -e staging ', 'endpoints'],
  ['slipway apply --pl', undefined],
  ['slipway diff -o ', ['text', 'json', 'markdown', 'html']],
  ['slipway status --log-format ', ['text', 'json']],
  ['slipway -C ', []],
  ['slipway history --endpoint ', 'endpoints'],
  ['slipway history ', undefined],
  ['slipway promote --from ', 'environments'],
  ['slipway promote chat --from staging --to pro', 'environments'],
  ['slipway promote ch', 'endpoints'],
  ['slipway promote --from staging ', 'endpoints'],
  ['slipway rollback --to ', []],
  ['slipway new ', []],
  ['slipway new chat --model ', 'models'],
  ['slipway new chat --serves ', 'servingTargets'],
  ['slipway new chat --runtime ', ['deployment', 'kserve', 'external']],
  ['slipway sandbox ', ['up', 'down', 'status', 'reset']],
  ['slipway sandbox up ', undefined],
  ['slipway handoff ', ['flux', 'argo']],
  ['slipway handoff flux ', undefined],
  ['slipway canary ', ['weight', 'promote', 'abort', 'check']],
  ['slipway canary promote ', 'endpoints'],
  ['slipway canary promote chat ', undefined],
  ['slipway canary --percent 50 weight ', 'endpoints'],
  ['slipway canary weight chat --percent ', []],
  ['slipway validate ', []],
  ['slipway validate --server ', ['cluster', 'sandbox']],
  ['slipway import --', undefined],
  ['slipway import deployment ', []],
  ['slipway completion ', ['bash', 'zsh', 'fish']],
  ['slipway completion fish ', []],
]

for (const [line, wanted] of ROWS) {
  test(`completion of "${line}": ${String(wanted ?? 'commands and flags')}`, t => {
    t.deepEqual(wantedBy({ words: line.split(' '), commands: COMMANDS }), wanted)
  })
}

test('completion knows the kinds of what is imported', t => {
  const wanted = wantedBy({ words: ['slipway', 'import', ''], commands: COMMANDS })
  t.true(Array.isArray(wanted) && wanted.includes('deployment'))
})

test('every value that a flag has to choose from is completed', t => {
  for (const { name, options } of COMMANDS)
    for (const [flag, { choices }] of Object.entries(options)) {
      if (choices === undefined) continue
      const wanted = wantedBy({ words: ['slipway', name, `--${flag}`, ''], commands: COMMANDS })
      t.deepEqual<unknown, unknown>(wanted, choices, `${name} --${flag}`)
    }
})

test('names of the project are completed, also in a list and in another folder', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const complete = (line: string) => completeNames({ words: line.split(' '), commands: COMMANDS })
  const at = `-C ${project.directory}`
  t.deepEqual(await complete(`slipway ${at} apply r`), ['rag'])
  t.deepEqual(await complete(`slipway ${at} smoke -e p`), ['production'])
  t.deepEqual(await complete(`slipway ${at} apply -e dev,`), ['dev,production'])
  t.deepEqual(await complete(`slipway ${at} canary weight `), ['chat', 'rag'])
  t.deepEqual(await complete(`slipway ${at} new x --serves gen`), ['generation'])
  t.deepEqual(await complete('slipway -C /nowhere apply '), [])
  t.is(await complete('slipway app'), undefined)
})

test('fish asks with the words before the cursor and the one at it', t => {
  t.regex(FISH, /--get-yargs-completions \(commandline -opc\) "\$current"/)
  t.regex(FISH, /^complete -c slipway /m)
})

const ASKED: [line: string, running: string | undefined, shell: string | undefined][] = [
  ['completion', '/usr/bin/fish', 'fish'],
  ['completion', '/bin/zsh', 'zsh'],
  ['completion', '/bin/sh', 'bash'],
  ['completion', undefined, 'bash'],
  ['completion fish', '/bin/bash', 'fish'],
  ['completion --help', '/bin/bash', undefined],
  ['apply completion', '/bin/bash', undefined],
  ['completion --no-color', '/usr/bin/fish', 'fish'],
  ['--color completion', '/usr/bin/fish', 'fish'],
  ['-C models completion zsh', '/usr/bin/fish', 'zsh'],
  ['completion --nonsense', '/usr/bin/fish', undefined],
  ['completion bash zsh', '/bin/bash', undefined],
]

for (const [line, running, shell] of ASKED) {
  test(`slipway ${line} in ${running ?? 'no shell'}: ${shell ?? 'no script'}`, t => {
    t.is(shellAsked(line.split(' '), running), shell)
  })
}

test('a shell without a script is refused', t => {
  t.is(unknownShell('fish'), undefined)
  t.regex(unknownShell('tcsh')?.message ?? '', /no completion for "tcsh".* bash, zsh, fish/)
})

test('S3 · what a shell would run, or take for a flag, is never completed', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'
  for (const name of ['$(touch taken)', '`taken`', 'a;taken', '--yes', 'a b', '!taken'])
    // oxlint-disable-next-line no-await-in-loop
    await project.write(`endpoints/${name}.objects/a.yaml`, object)
  await project.write(
    'models.yaml',
    `apiVersion: slipway.dev/v1alpha1
kind: ModelCatalogue
spec: {models: {'$(touch taken)': {status: approved}, good/model-1.5: {status: approved}}}
`,
  )
  const complete = (...words: string[]) =>
    completeNames({ words: ['slipway', '-C', project.directory, ...words], commands: COMMANDS })
  t.deepEqual(await complete('new', 'x', '--model', ''), ['good/model-1.5'])
  const names = (await complete('apply', '')) ?? []
  t.true(names.includes('rag'))
  t.deepEqual(
    names.filter(name => !/^[a-z]+$/.test(name)),
    [],
  )
})

test('an endpoint that is called completion is an endpoint', async t => {
  const input = { commands: COMMANDS, columns: 80, version: '0.0.0' }
  const parsed = await parse({ ...input, argv: ['apply', 'completion'] })
  t.is(parsed.type, 'run')
  const wrong = await parse({ ...input, argv: ['completion', '--nonsense'] })
  t.is(wrong.type, 'problem')
})

test('fish and zsh tell environments and groups apart', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  await project.edit('slipway.yaml', 'spec:\n', 'spec:\n  groups: {both: [dev, production]}\n')
  const words = ['slipway', '-C', project.directory, 'apply', '-e', '']
  const complete = (shell: string) => completeForShell({ words, commands: COMMANDS }, shell)
  const names = ['dev', 'production', 'both']
  const kinds = ['environment', 'environment', 'group']
  t.deepEqual(
    await complete('/usr/bin/fish'),
    names.map((name, at) => `${name}\t${kinds[at]}`),
  )
  t.deepEqual(
    await complete('/bin/zsh'),
    names.map((name, at) => `${name}:${kinds[at]}`),
  )
  t.deepEqual(await complete('/bin/bash'), names)
})
