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
