import test from 'ava'
import type { GithubEnvironment, GithubFacts } from '../../src/doctor/github/facts.ts'
import { judgeGithub } from '../../src/doctor/github/judge.ts'

/** What the workflows need of GitHub, by what GitHub says. */

const writes: GithubEnvironment = {
  name: 'live',
  branches: ['main'],
  hasReviewers: true,
  secrets: ['KUBECONFIG'],
}
const reads: GithubEnvironment = { ...writes, name: 'live-read', hasReviewers: false }
const GOOD: GithubFacts = {
  address: 'https://github.example.com/team/models',
  defaultBranch: 'main',
  isDefaultBranchProtected: true,
  environments: [writes, reads],
  openSecrets: ['NPM_TOKEN'],
  tokenPermissions: 'read',
  mayCreatePullRequests: true,
}

const findings = (facts: Partial<GithubFacts>) =>
  judgeGithub({ ...GOOD, ...facts }, ['live'])
    .filter(({ state }) => state !== 'ok')
    .map(({ check, state, message }) => `${state} ${check}: ${message}`)

const row = test.macro<[facts: Partial<GithubFacts>, expected: RegExp[]]>({
  exec: (t, facts, expected) => {
    const found = findings(facts)
    t.is(found.length, expected.length, found.join('\n'))
    for (const [index, pattern] of expected.entries()) t.regex(found[index] ?? '', pattern)
    for (const { state, remedy } of judgeGithub({ ...GOOD, ...facts }, ['live']))
      t.is(remedy !== undefined, state === 'missing' || state === 'warning')
  },
  title: title => `S3 · GitHub: ${title}`,
})

test('all is as it should be', row, {}, [])
const page: GithubEnvironment = { ...reads, name: 'slipway-status' }
test('a status page', row, { environments: [writes, reads, page] }, [])
test(
  'a status page that any branch can read the clusters with, and that waits',
  row,
  { environments: [writes, reads, { ...page, branches: 'any', hasReviewers: true }] },
  [
    /^missing branches of slipway-status: every branch/,
    /^warning reviewers of slipway-status: the status page waits for them/,
  ],
)
test(
  'protected branches will do',
  row,
  { environments: [{ ...writes, branches: 'protected' }, reads] },
  [],
)
test('no environment', row, { environments: [] }, [
  /^missing environment live: it is not there/,
  /^missing environment live-read: it is not there/,
])
test('any branch may use it', row, { environments: [{ ...writes, branches: 'any' }, reads] }, [
  /^missing branches of live: every branch .* can read its secrets/,
])
for (const branches of [['main', 'release/*'], ['*'], ['v*']]) {
  test(
    `${branches.join(' and ')} may use it`,
    row,
    { environments: [writes, { ...reads, branches }] },
    [/^missing branches of live-read: branches and tags beside main .*[*]/],
  )
}
test('no branch may use it', row, { environments: [{ ...writes, branches: [] }, reads] }, [
  /^missing branches of live: no branch/,
])
test('no secret', row, { environments: [{ ...writes, secrets: [] }, reads] }, [
  /^warning secret KUBECONFIG of live: it is not there/,
])
test(
  'reviewers where nobody is to be waited for',
  row,
  { environments: [writes, { ...reads, hasReviewers: true }] },
  [/^warning reviewers of live-read: drift and rollback wait/],
)
test('a kubeconfig outside environments', row, { openSecrets: ['KUBECONFIG'] }, [
  /^missing secrets outside environments: KUBECONFIG .* any branch/,
])
test(
  'settings of the repository',
  row,
  { isDefaultBranchProtected: false, tokenPermissions: 'write', mayCreatePullRequests: false },
  [/^warning rules for main/, /^warning token of workflows/, /^warning pull requests of workflows/],
)
test(
  'what may not be seen is not taken for good',
  row,
  {
    isDefaultBranchProtected: undefined,
    openSecrets: undefined,
    tokenPermissions: undefined,
    mayCreatePullRequests: undefined,
    environments: [{ ...writes, branches: undefined, secrets: undefined }, reads],
  },
  [
    /^unseen branches of live/,
    /^unseen secret/,
    /^unseen secrets outside/,
    /^unseen rules/,
    /^unseen token/,
    /^unseen pull requests/,
  ],
)
