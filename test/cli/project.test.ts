import { existsSync } from 'node:fs'
import test from 'ava'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { endpointFile, shop } from './scratch.ts'

test('validate says what is valid in every environment', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const { code, stdout, stderr } = await project.slipway('validate')
  t.is(stderr, '')
  t.is(stdout, 'dev: valid (2 endpoints, 4 objects)\nproduction: valid (2 endpoints, 6 objects)\n')
  t.is(code, 0)
})

test('validate finds the project from a folder below, and with -C from outside', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const below = await project.slipway('validate', '-e', 'dev', '-C', 'endpoints')
  t.is(below.code, 0, below.stderr)
  const outside = await project.slipway('validate', '-C', '/')
  t.is(outside.code, 2)
  t.regex(outside.stderr, /^error: there is no slipway\.yaml in \/ or above it/)
})

test('R8 · every problem of a broken project is told at once, with its place', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  await project.write('endpoints/chat.yaml', endpointFile('chat', '  prot: 8000\n'))
  await project.write('endpoints/rag.yaml', endpointFile('rag', '  replicas: many\n'))
  const { code, stdout, stderr } = await project.slipway('validate')
  t.is(code, 1)
  t.is(stdout, '')
  t.regex(stderr, /^endpoints\/chat\.yaml:7:3: error: .*prot/m)
  t.regex(stderr, /^endpoints\/rag\.yaml:7:13: error: /m)
  t.regex(stderr, /do: .*"?port/)
  t.regex(stderr, /^2 errors$/m)
})

test('validate of a file that does not exist is no success', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const { code, stdout, stderr } = await project.slipway('validate', 'nonexist.yaml')
  t.is(code, 2)
  t.is(stdout, '')
  t.regex(stderr, /^error: nonexist\.yaml does not exist\n/)
})

test('validate of a pattern, or of what is not in the project, is no success', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const pattern = await project.slipway('validate', 'endpoints/*.yml')
  t.is(pattern.code, 2)
  t.regex(pattern.stderr, /the shell found no file for the pattern/i)
  const outside = await project.slipway('validate', '/etc/hostname')
  t.is(outside.code, 2)
  t.is(outside.stdout, '')
  t.regex(outside.stderr, /^error: \/etc\/hostname is not in the project \(/)
})

test('validate of a folder tells the problems of its files', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  await project.write('endpoints/chat.yaml', endpointFile('chat', '  prot: 8000\n'))
  for (const folder of ['endpoints', './endpoints/', '.']) {
    const { code, stderr } = await project.slipway('validate', folder)
    t.is(code, 1, folder)
    t.regex(stderr, /prot/)
  }
})

test('an environment that is misspelt or missing is a usage error', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const misspelt = await project.slipway('render', '-e', 'prodction')
  t.is(misspelt.code, 2)
  t.regex(misspelt.stderr, /there is no environment "prodction" in slipway\.yaml/)
  for (const args of [['environments'], ['new', 'extra', '--image', 'a:1']]) {
    const { code, stderr } = await project.slipway(...args, '-e', 'prodction')
    t.is(code, 2, stderr)
    t.regex(stderr, /there is no environment "prodction" in slipway\.yaml/)
  }
  t.false(existsSync(join(project.directory, 'endpoints/extra.yaml')))
  t.regex((await project.slipway('environments', '-e', 'dev')).stdout, /^ENVIRONMENT.*\ndev .*\n$/)
  const missing = await project.slipway('render')
  t.is(missing.code, 2)
  t.regex(missing.stderr, /several environments and none is chosen/)
})

test('validate of some files tells only their problems', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  await project.write('endpoints/chat.yaml', endpointFile('chat', '  prot: 8000\n'))
  const other = await project.slipway('validate', 'endpoints/rag.yaml')
  t.is(other.code, 0)
  t.is(other.stderr, '')
  const own = await project.slipway('validate', 'endpoints/chat.yaml')
  t.is(own.code, 1)
})

test('validate as JSON', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  await project.write('endpoints/chat.yaml', endpointFile('chat', '  prot: 8000\n'))
  const { code, stdout } = await project.slipway('validate', '-o', 'json')
  t.is(code, 1)
  t.like(JSON.parse(stdout), {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'Validation',
    valid: false,
    problems: [{ code: 'unknown-field', place: { file: 'endpoints/chat.yaml', line: 7 } }],
  })
})

test('R14 · in GitHub Actions problems are annotations, from the repository’s root', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  await project.write('endpoints/chat.yaml', endpointFile('chat', '  prot: 8000\n'))
  const there = await shop({
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: join(project.directory, '..'),
  })
  t.teardown(there.dispose)
  const { stderr } = await there.slipway('validate', '-C', project.directory)
  const folder = project.directory.split('/').at(-1)
  t.true(
    stderr.includes(
      `::error file=${folder}/endpoints/chat.yaml,line=7,col=3,title=unknown-field::`,
    ),
  )
})

test('R8 · an unknown environment is told with the one that was meant', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const { code, stderr } = await project.slipway('render', '-e', 'prodction')
  t.is(code, 2)
  t.regex(stderr, /slipway\.yaml:\d+:\d+: error: there is no environment "prodction"/)
  t.regex(stderr, /Did you mean "production"/)
})

test('render writes YAML to stdout and nothing else anywhere', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const { code, stdout, stderr } = await project.slipway('render', '-e', 'production', 'chat')
  t.is(code, 0)
  t.is(stderr, '')
  t.deepEqual(
    [...stdout.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind),
    ['Deployment', 'Service', 'PodDisruptionBudget'],
  )
  t.false(stdout.includes('rag'))
})

test('render as JSON is a List', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const { stdout } = await project.slipway('render', '-e', 'dev', '-o', 'json')
  const list = JSON.parse(stdout) as { kind: string; items: unknown[] }
  t.is(list.kind, 'List')
  t.is(list.items.length, 4)
})

test('R7 · render --explain tells where each setting comes from', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const { stdout } = await project.slipway('render', '-e', 'production', '--explain', 'chat')
  t.regex(
    stdout,
    /^ +spec\.image +registry\.example\.com\/chat:v1 +endpoint endpoints\/chat\.yaml:5$/m,
  )
  t.regex(stdout, /^ +spec\.replicas +2 +overlay slipway\.yaml:8$/m)
  t.regex(stdout, /^ +spec\.port +8000 +built-in$/m)
})

test('render of an endpoint that is not there', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const { code, stdout, stderr } = await project.slipway('render', '-e', 'dev', 'chta')
  t.is(code, 2)
  t.is(stdout, '')
  t.is(stderr, 'error: there is no endpoint "chta"\n  do: Did you mean "chat"?\n')
})

test('render -o dir writes a file for each endpoint and removes only its own stale ones', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const out = join(project.directory, 'manifests')
  const render = () => project.slipway('render', '-e', 'dev', '-o', 'dir', '--output-dir', out)
  t.is((await render()).code, 0)
  t.deepEqual(await readdir(out), ['llm-ops.chat.yaml', 'llm-ops.rag.yaml'])
  await writeFile(join(out, 'mine.yaml'), 'kind: ConfigMap\n')
  await project.remove('endpoints/rag.yaml')
  const { stdout, stderr } = await render()
  t.is(stdout, '')
  t.regex(stderr, /^1 file written to .*, 1 removed$/m)
  t.deepEqual(await readdir(out), ['llm-ops.chat.yaml', 'mine.yaml'])
  t.regex(await readFile(join(out, 'llm-ops.chat.yaml'), 'utf8'), /kind: Deployment/)
})

test('a broken project is not rendered', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  await project.write('endpoints/chat.yaml', 'kind: [')
  const { code, stdout, stderr } = await project.slipway('render', '-e', 'dev')
  t.is(code, 1)
  t.is(stdout, '')
  t.regex(stderr, /^endpoints\/chat\.yaml:1:\d+: error: /m)
})

test('schema prints a JSON Schema', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const { stdout } = await project.slipway('schema')
  t.like(JSON.parse(stdout), { title: 'slipway Endpoint', type: 'object' })
  const other = await project.slipway('schema', '--kind', 'Project')
  t.like(JSON.parse(other.stdout), { title: 'slipway Project' })
})

test('commands that need a cluster say that there is none, and how to get one', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  for (const command of ['diff', 'apply', 'status', 'history']) {
    const { code, stdout, stderr } = await project.slipway(command, '-e', 'dev')
    t.is(code, 2, command)
    t.is(stdout, '', command)
    t.regex(stderr, /^error: .*kubeconfig/m, command)
    t.regex(stderr, /^ +do: /m, command)
    t.notRegex(stderr, /^ +at /m, command)
  }
})

test('--debug adds the stack', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const { stderr } = await project.slipway('status', '-e', 'dev', '--debug')
  t.regex(stderr, /^ +at .*\.[jt]s:\d+/m)
})
