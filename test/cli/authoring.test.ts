import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { scratchProject } from '../support/project.ts'
import { endpointFile, shop } from './scratch.ts'

test('R8 · init makes a project that validates; a second one is refused', async t => {
  const project = await scratchProject({ files: { '.gitignore': 'mine\n' } })
  t.teardown(project.dispose)
  const { code, stdout, stderr } = await project.slipway('init', '--name', 'shop', '-e', 'staging')
  t.is(code, 0, stderr)
  t.regex(stdout, /^wrote slipway\.yaml$/m)
  t.regex(stdout, /^kept {2}\.gitignore$/m)
  t.regex(stdout, /^wrote \.github\/workflows\/preview\.yml$/m)
  t.regex(stderr, /gh secret set KUBECONFIG --env staging-read < FILE/)
  t.is(await readFile(join(project.directory, '.gitignore'), 'utf8'), 'mine\n')
  await project.commit('A project')
  const valid = await project.slipway('validate')
  t.is(valid.stdout, 'staging: valid (1 endpoint, 2 objects)\n')
  t.is(valid.stderr, '')
  const second = await project.slipway('init')
  t.is(second.code, 2)
  t.regex(second.stderr, /already has a slipway\.yaml/)
})

test('T4 · init in a folder of a repository writes the workflows where GitHub looks for them', async t => {
  const project = await scratchProject({ files: { 'ml/serving/README.md': 'A team.' } })
  t.teardown(project.dispose)
  const { code, stdout, stderr } = await project.slipway('-C', 'ml/serving', 'init')
  t.is(code, 0, stderr)
  t.regex(stdout, /^wrote slipway\.yaml$/m)
  t.regex(stdout, /^wrote \.\.\/\.\.\/\.github\/workflows\/serving-apply\.yml$/m)
  const at = (file: string) => readFile(join(project.directory, file), 'utf8')
  t.regex(await at('.github/workflows/serving-apply.yml'), /working-directory: "ml\/serving"/)
  t.regex(await at('ml/serving/slipway.yaml'), /name: serving/)
})

test('R8 · new writes a valid endpoint with its schema, and never over another', async t => {
  const project = await scratchProject({ files: {} })
  t.teardown(project.dispose)
  await project.slipway('init', '--name', 'shop')
  const flags = ['--image', 'registry.example.com/chat:1', '--cpu', '1', '--memory', '1Gi']
  const made = await project.slipway('new', 'chat', ...flags)
  t.is(made.stdout, 'endpoints/chat.yaml\n')
  t.regex(made.stderr, /^next: slipway diff -e \w+ chat$/m)
  t.is(made.code, 0, made.stderr)
  const text = await readFile(join(project.directory, 'endpoints/chat.yaml'), 'utf8')
  t.true(text.startsWith('# yaml-language-server: $schema=../.slipway/endpoint.schema.json\n'))
  t.is((await project.slipway('validate')).code, 0)
  const again = await project.slipway('new', 'chat')
  t.is(again.code, 2)
  t.regex(again.stderr, /the endpoint "chat" already exists, in endpoints\/chat\.yaml/)
  const wrong = await project.slipway('new', 'Chat')
  t.is(wrong.code, 2)
  t.regex(wrong.stderr, /"Chat" cannot be the name of an endpoint/)
})

test('R8 · new says what is still missing, with its place', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const { code, stderr } = await project.slipway('new', 'plain')
  t.is(code, 1)
  t.regex(stderr, /^endpoints\/plain\.yaml:\d+:\d+: error: spec\.image is missing/m)
})

test('R14 · validate as SARIF and as annotations of GitHub', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  await project.write('endpoints/chat.yaml', endpointFile('chat', '  prot: 8000\n'))
  const { code, stdout, stderr } = await project.slipway('validate', '-o', 'sarif')
  t.is(code, 1)
  t.is(stderr, '')
  const [run] = (JSON.parse(stdout) as { runs: { results: unknown[]; tool: unknown }[] }).runs
  t.like(run?.tool, { driver: { name: 'slipway', rules: [{ id: 'unknown-field' }] } })
  t.like(run?.results[0], {
    ruleId: 'unknown-field',
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'endpoints/chat.yaml' },
          region: { startLine: 7, startColumn: 3 },
        },
      },
    ],
  })
  const github = await project.slipway('validate', '-o', 'github')
  t.regex(github.stdout, /^::error file=endpoints\/chat\.yaml,line=7,col=3,title=unknown-field::/)
})

test('validate --server takes cluster or sandbox', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const { code, stderr } = await project.slipway('validate', '--server=mars')
  t.is(code, 2)
  t.regex(stderr, /--server cannot be "mars": it is cluster or sandbox/)
})

test('an import without a cluster says so, and writes nothing', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const { code } = await project.slipway('import', 'deployment', 'iris', '-e', 'dev')
  t.is(code, 2)
  await t.throwsAsync(readFile(join(project.directory, 'endpoints/iris.yaml')))
})
