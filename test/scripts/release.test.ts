import { execFile } from 'node:child_process'
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import test, { type ExecutionContext } from 'ava'
import { parse } from 'yaml'
import { GO } from '../support/go.ts'
import { copyCheckout } from '../support/installed.ts'

/** From `npm version` to the files of a release, in a copy of this checkout. */

const PLATFORMS = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64']
const folder = mkdtempSync(join(tmpdir(), 'slipway-release-'))
let checkout: string
let release: string

test.before(async () => {
  checkout = copyCheckout(folder)
  await run('git', ['init', '--quiet', '--initial-branch=main'])
  await run('git', ['config', 'user.name', 'Test'])
  await run('git', ['config', 'user.email', 'test@example.com'])
  // The packages are a link here, which a pattern for folders does not ignore.
  writeFileSync(join(checkout, '.git/info/exclude'), 'node_modules\n')
  await run('git', ['add', '--all'])
  await run('git', ['commit', '--quiet', '--message', 'All'])
  await run(process.execPath, ['scripts/rename.ts', '--repository', 'acme/wharf'])
  await run('git', ['commit', '--quiet', '--all', '--message', 'It is ours'])
  await run('npm', ['version', '3.2.1', '--message', 'Release %s'])
  release = join(checkout, 'release')
  mkdirSync(release)
  for (const platform of PLATFORMS) writeFileSync(join(release, `slipway-${platform}`), platform)
  writeFileSync(join(release, 'slipway-3.2.1.tgz'), 'the package')
  await run(process.execPath, ['scripts/release.ts', release])
})
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

test('P1 · one command makes a version: changelog, command line, commit and tag', async t => {
  t.is(
    await run('git', ['log', '-1', '--format=%s %D']),
    'Release 3.2.1 HEAD -> main, tag: v3.2.1\n',
  )
  t.is(await run('git', ['status', '--porcelain']), '')
  t.regex(read('CHANGELOG.md'), /## \[Unreleased\]\n\n## \[3\.2\.1\] - 20\d\d-\d\d-\d\d\n\n### /)
  t.regex(read('src/object/version.ts'), /VERSION = '3\.2\.1'/)
  t.is(JSON.parse(read('package-lock.json')).version, '3.2.1')
})

test('P1 · the release workflow uploads all that is made', t => {
  const workflow = read('.github/workflows/release.yml')
  const [, patterns = ''] = /--notes-file NOTES\.md \\\n +(.*)\n/.exec(workflow) ?? []
  const uploaded = patterns.split(' ').flatMap(pattern => globSync(pattern, { cwd: release }))
  const made = readdirSync(release).filter(
    file => file !== 'NOTES.md' && !PLATFORMS.some(platform => file === `slipway-${platform}`),
  )
  t.deepEqual(uploaded.toSorted(), made.toSorted())
})

test('P1 · the checksums are those of all files that people download', async t => {
  await t.notThrowsAsync(run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], release))
  const summed = read('release/SHA256SUMS').match(/\S+$/gm)
  const archives = PLATFORMS.map(platform => `slipway-${platform}.tar.gz`)
  const fast = ['slipway-linux-arm64.tar.zst', 'slipway-linux-x64.tar.zst']
  t.deepEqual(summed, [...archives, ...fast, 'slipway-3.2.1.tgz', 'slipway.cdx.json'])
})

test('P1 · an archive holds the executable file and the license, the same bytes each time', async t => {
  const archives = ['gz', 'zst'].map(end => join(release, `slipway-linux-x64.tar.${end}`))
  const before = archives.map(archive => readFileSync(archive))
  for (const archive of archives) {
    // oxlint-disable-next-line no-await-in-loop
    const [listed, held] = await Promise.all([
      run('tar', ['-tvf', archive]),
      run('tar', ['-xOf', archive, 'slipway']),
    ])
    t.regex(listed, /-rw-r--r-- 0\/0 .* LICENSE\n-rwxr-xr-x 0\/0 .* slipway\n$/)
    t.is(held, 'linux-x64')
  }
  await run(process.execPath, ['scripts/release.ts', release])
  t.deepEqual(
    archives.map(archive => readFileSync(archive)),
    before,
  )
  t.deepEqual(
    readdirSync(release).filter(file => !/^(slipway|NOTES|SHA256SUMS)/.test(file)),
    [],
  )
})

test('P1 · the bill of materials names the packages that are shipped, those in the bundle included, and Node', t => {
  const { bomFormat, components } = JSON.parse(read('release/slipway.cdx.json'))
  t.is(bomFormat, 'CycloneDX')
  const names = new Set(components.map(({ name }: { name: string }) => name))
  const shipped = ['yargs', 'cliui', '@kubernetes/client-node', 'jose', 'minimatch', 'zod', 'node']
  for (const name of shipped) t.true(names.has(name), name)
  for (const name of ['ava', 'esbuild', 'mime-db']) t.false(names.has(name), name)
})

test('P1 · the licenses of the packages in the bundle are there with their texts', t => {
  const licenses = read('release/slipway-licenses.txt')
  t.regex(licenses, /^yargs [\d.]+ \(MIT\)\n\n.*\bCopyright /ms)
  t.regex(licenses, /^cdk8s [\d.]+ \(Apache-2\.0\)\n\n/m)
})

test('P1 · krew’s own check has nothing to say of the plugin’s manifest', async t => {
  t.timeout(300_000)
  // It wants the file to be called as the plugin is.
  const file = join(folder, 'slipway.yaml')
  writeFileSync(file, read('release/slipway-krew.yaml'))
  const args = ['tool', 'validate-krew-manifest', '-skip-install', '-manifest', file]
  await t.notThrowsAsync(run(GO, args, join(import.meta.dirname, 'krew')))
  const { platforms, version } = parse(readFileSync(file, 'utf8')).spec
  t.is(version, 'v3.2.1')
  for (const { uri, sha256 } of platforms) {
    t.regex(uri, /^https:\/\/github\.com\/acme\/wharf\/releases\/download\/v3\.2\.1\/slipway-/)
    agreesWithSums(t, uri, sha256)
  }
})

test('P1 · the formula has each platform’s file with its checksum', t => {
  const formula = read('release/slipway.rb')
  const files = [...formula.matchAll(/url "(\S+)"\n +sha256 "(\S+)"/g)]
  t.is(files.length, PLATFORMS.length)
  for (const [, url = '', sum = ''] of files) agreesWithSums(t, url, sum)
  t.regex(formula, /on_macos do\n +on_arm do\n +url "\S+darwin-arm64\.tar\.gz"/)
  t.is(formula.match(/\b(class|do|def)\b/g)?.length, formula.match(/^ *end$/gm)?.length)
})

test('P1 · the notes of the release are the version’s part of the changelog', t => {
  const notes = read('release/NOTES.md')
  t.regex(notes, /^### /)
  t.notRegex(notes, /^## /m)
})

function agreesWithSums(t: ExecutionContext, url: string, sum: string): void {
  const file = url.slice(url.lastIndexOf('/') + 1)
  t.true(read('release/SHA256SUMS').includes(`${sum}  ${file}\n`), file)
}

function read(file: string): string {
  return readFileSync(join(checkout, file), 'utf8')
}

async function run(command: string, args: string[], cwd = checkout): Promise<string> {
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` }
  const { stdout } = await promisify(execFile)(command, args, { cwd, env })
  return stdout
}
