import test from 'ava'
import { openRepository } from '../../src/git/index.ts'
import { repositoryName } from '../../src/git/origin.ts'
import { aClone, aRepository } from './playground.ts'

/** Address of a remote, and the name that all forms of it share. */
const ADDRESSES: [address: string, name: string | undefined][] = [
  ['https://github.com/org/models', 'github.com/org/models'],
  ['https://github.com/org/models.git/', 'github.com/org/models'],
  ['https://GitHub.com:443/org/models.git', 'github.com/org/models'],
  [
    'https://ci-token:s3cret@gitlab.example.com/team/sub/models.git',
    'gitlab.example.com/team/sub/models',
  ],
  ['git@github.com:org/models.git', 'github.com/org/models'],
  ['git@github.com:/org/models.git', 'github.com/org/models'],
  ['ssh://git@github.com:2222/org/models.git', 'github.com/org/models'],
  ['https://example.com/my%zzmodels', 'example.com/my%zzmodels'],
  ['file:///srv/git/models.git', '/srv/git/models'],
  ['/srv/git/models.git', '/srv/git/models'],
  ['../models', '../models'],
  ['https://', undefined],
  ['', undefined],
  ['s3cret@', undefined],
]

for (const [address, name] of ADDRESSES) {
  test(`a remote at "${address}" is ${name ?? 'nobody knows what'}`, t => {
    t.is(repositoryName(address), name)
  })
}

test('a clone knows where it comes from; a repository without a remote does not', async t => {
  const upstream = aRepository(t)
  upstream.commit('one')
  const [clone, alone] = await Promise.all([
    openRepository(aClone(t, upstream).directory),
    openRepository(upstream.directory),
  ])
  t.is(await clone.origin(), upstream.directory)
  t.is(await alone.origin(), undefined)
})
