import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { openRepository } from '../../src/git/index.ts'
import { aFolder, aRepository } from './playground.ts'

/** What git says of a commit's signature, with keys of SSH. */

test('S3 · a signature counts when git knows its key here, and not because the commit says so', async t => {
  const keys = aFolder(t)
  const playground = aRepository(t)
  const { git, directory } = playground
  for (const name of ['known', 'other'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(keys, name)])
  const allowed = join(keys, 'allowed')
  writeFileSync(allowed, `ada@example.com ${readFileSync(join(keys, 'known.pub'), 'utf8')}`)
  git('config', 'gpg.format', 'ssh')
  git('config', 'gpg.ssh.allowedSignersFile', allowed)
  const commitWith = (name: string | undefined, message: string) => {
    const sign = name === undefined ? ['--no-gpg-sign'] : [`--gpg-sign=${join(keys, name)}`]
    git('commit', '--quiet', '--allow-empty', ...sign, '--message', message)
    return git('rev-parse', 'HEAD').trim()
  }
  const repository = async () => openRepository(directory)
  const signed = commitWith('known', 'signed')
  t.like(await (await repository()).signature(signed), { isVerified: true, isThere: true })
  const other = commitWith('other', 'by somebody else')
  t.like(await (await repository()).signature(other), { isVerified: false, isThere: true })
  const none = commitWith(undefined, 'gpgsig is only said\n\ngpgsig x')
  t.like(await (await repository()).signature(none), { isVerified: false, isThere: false })

  // Another tree under the old signature.
  const forged = git('cat-file', 'commit', signed).replace('signed', 'forged')
  const hash = execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], {
    cwd: directory,
    input: forged,
    encoding: 'utf8',
  }).trim()
  t.like(await (await repository()).signature(hash), { isVerified: false, isThere: true })
})

test.serial(
  'S3 · a GPG key counts when it is in the keyring of this machine, and not when it was revoked',
  async t => {
    const keyring = aFolder(t)
    const before = process.env['GNUPGHOME']
    process.env['GNUPGHOME'] = keyring
    t.teardown(() => {
      execFileSync('gpgconf', ['--homedir', keyring, '--kill', 'all'])
      if (before === undefined) delete process.env['GNUPGHOME']
      else process.env['GNUPGHOME'] = before
    })
    const gpg = (args: string[], input = '') =>
      execFileSync('gpg', ['--batch', '--quiet', '--no-tty', ...args], { input, stdio: 'pipe' })
    const create = ['--passphrase', '', '--quick-gen-key', 'ada@example.com', 'ed25519', 'sign']
    gpg(create)
    const { git, directory } = aRepository(t)
    git('commit', '--quiet', '--allow-empty', '--gpg-sign=ada@example.com', '--message', 'signed')
    const commit = git('rev-parse', 'HEAD').trim()
    const told = async () => (await openRepository(directory)).signature(commit)
    t.like(await told(), { isVerified: true, isThere: true })

    const key = gpg(['--list-keys', '--with-colons'])
      .toString()
      .match(/^fpr:+([0-9A-F]+):/m)?.[1]
    const revocation = readFileSync(join(keyring, 'openpgp-revocs.d', `${key}.rev`), 'utf8')
    gpg(['--import'], revocation.replace(':-----BEGIN', '-----BEGIN'))
    t.like(await told(), { isVerified: false, isThere: true })

    // As on a machine that knows nobody.
    process.env['GNUPGHOME'] = aFolder(t)
    t.like(await told(), { isVerified: false, isThere: true })
  },
)
