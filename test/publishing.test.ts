import { execFile, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import test from 'ava'
import { copyCheckout, packAndInstall } from './support/installed.ts'

/** Whoever owns it: the package can be published, renamed in one commit, and installed from git. */

const ROOT = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'slipway-publishing-'))
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const slug = /github\.com\/([^/]+\/[^/]+)\.git$/.exec(manifest.repository.url)?.[1] ?? ''

test('P2 · the manifest has what a public package with provenance needs', t => {
  t.false('private' in manifest)
  t.deepEqual(manifest.publishConfig, { access: 'public', provenance: true })
  t.is(manifest.repository.url, `git+https://github.com/${slug}.git`)
  t.is(manifest.homepage, `https://github.com/${slug}#readme`)
  t.is(manifest.bugs, `https://github.com/${slug}/issues`)
})

test('nobody publishes it before it has an owner', async t => {
  const check = run(process.execPath, ['scripts/rename.ts', '--check'], ROOT)
  if (slug.startsWith('OWNER/')) t.regex(String(await t.throwsAsync(check)), /does not say whose/)
  else await t.notThrowsAsync(check)
  t.regex(manifest.scripts.prepublishOnly, /rename\.ts --check/)
})

test('P2 · one command gives it another name and owner, and the package works under it', async t => {
  t.timeout(180_000)
  const copy = await aRepository('renamed')
  const names = ['--name', '@acme/crane', '--repository', 'acme/wharf']
  await run(process.execPath, ['scripts/rename.ts', ...names], copy)
  t.deepEqual(mentions(copy, slug), [])
  t.deepEqual(
    mentions(copy, `from '${manifest.name}(/charts)?'|node_modules/${manifest.name}/`),
    [],
  )
  const { consumer, package: installed } = packAndInstall(copy, join(folder, 'renamed'))
  t.is(installed, join(consumer, 'node_modules/@acme/crane'))
  t.regex(await run('npx', ['--no', 'slipway', 'schema'], consumer), /"Endpoint"/)
  writeFileSync(
    join(consumer, 'all.ts'),
    "import { Endpoint } from '@acme/crane/charts'\nconsole.log(Endpoint.name)\n",
  )
  t.is(await run(process.execPath, ['all.ts'], consumer), 'Endpoint\n')
})

test('P2 · everywhere it is called by npx, nothing can be fetched from a registry', async t => {
  const files = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard'], ROOT)
  const calls = /\b(npx|npm exec|npm x|bunx|pnpm dlx|yarn dlx)(?: -\S+)* slipway\b/g
  const texts = files
    .trim()
    .split('\n')
    .filter(file => existsSync(join(ROOT, file)))
  const found = texts.flatMap(file => readFileSync(join(ROOT, file), 'utf8').match(calls) ?? [])
  t.true(found.length > 20)
  t.deepEqual([...new Set(found)], ['npx --no slipway'])
})

test('P2 · npm installs it from git: built there, and working', async t => {
  t.timeout(600_000)
  const repository = await aRepository('git-repository')
  rmSync(join(repository, 'node_modules'))
  const user = join(folder, 'git-user')
  mkdirSync(user)
  writeFileSync(join(user, 'package.json'), '{"type": "module"}')
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--silent']
  await run('npm', ['install', ...quiet, `git+file://${repository}`], user)
  const parts = readdirSync(join(user, 'node_modules', manifest.name))
  t.true(parts.includes('dist'))
  t.false(parts.includes('src'))
  t.regex(await run('npx', ['--no', 'slipway', 'schema'], user), /"Endpoint"/)
})

test('to install the packages of a checkout builds nothing', async t => {
  const repository = await aRepository('checkout')
  await run('npm', ['run', 'prepare'], repository)
  t.false(existsSync(join(repository, 'dist')))
})

/** What is in the work tree, committed. */
async function aRepository(name: string): Promise<string> {
  mkdirSync(join(folder, name))
  const copy = copyCheckout(join(folder, name))
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
  await run('git', ['init', '--quiet'], copy)
  // The packages are a link here, which a pattern for folders does not ignore.
  await run('git', ['add', '--all', ':!node_modules'], copy)
  await run('git', [...identity, 'commit', '--quiet', '--message', 'All'], copy)
  return copy
}

/** Where a repository says `what`, a regular expression of grep. */
function mentions(copy: string, what: string): string[] {
  const { stdout } = spawnSync('git', ['grep', '-nE', what], { cwd: copy, encoding: 'utf8' })
  return stdout.split('\n').filter(Boolean)
}

/** Not synchronously: a test that takes minutes must be able to say so. */
async function run(command: string, args: string[], cwd: string): Promise<string> {
  const { npm_package_resolved: _resolved, ...rest } = process.env
  const env = { ...rest, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` }
  const { stdout } = await promisify(execFile)(command, args, { cwd, env })
  return stdout
}
