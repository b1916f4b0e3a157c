import test from 'ava'
import { usageProblem } from '../src/cli/usage.ts'
import { failureOf } from '../src/cluster/failure/status.ts'
import { cleanText, disarm } from '../src/foreign/index.ts'
import { repositoryName } from '../src/git/origin.ts'
import { valueAt, type KubeObject } from '../src/object/index.ts'
import { isImmutableChange } from '../src/plan/decide/immutable.ts'
import { highlightsOf } from '../src/report/highlights.ts'
import { escapeMarkdown, outgoing, type Change } from '../src/report/index.ts'
import { waitTeller } from '../src/report/progress/waits.ts'
import { maskText, maskValue } from '../src/secret/index.ts'
import { stepsOf } from '../src/spec/layers/origin.ts'
import { schedulerText } from '../src/status/causes/scheduling.ts'
import { explain, viewOf } from '../src/status/index.ts'
import { documents } from './status/fixture.ts'

/**
 * Expressions over text of others take a time that grows with its length and no faster. Each text here is a megabyte that
 * makes the obvious expression begin anew at each of its characters: that takes an hour, and the time-out comes first.
 */

const MEGABYTE = 2 ** 20

function mega(part: string): string {
  return part.repeat(Math.ceil(MEGABYTE / part.length))
}

/** Of the API server, about a Secret. */
function refused(message: string) {
  const text = JSON.stringify({ kind: 'Status', status: 'Failure', message, code: 500 })
  return failureOf({ status: 500, headers: {}, text, kind: 'Secret' })
}

function changed(path: string, before: unknown = 'a', after: unknown = 'b') {
  return highlightsOf([{ changes: [{ path, before, after }] } as unknown as Change])
}

function immutable(message: string) {
  const causes = [{ reason: 'FieldValueInvalid', field: 'spec', message }]
  return isImmutableChange({ type: 'invalid', status: 422, message: '', causes })
}

function told(fixture: string, message: string) {
  const [{ now, about } = {}, ...objects] = documents<Record<string, string>>(
    `causes/${fixture}.yaml`,
  )
  const related = objects.map(object => withMessages(object, message) as KubeObject)
  const object = related.find(({ kind }) => kind === about)
  return object && explain({ object, related: viewOf(related), now: now ?? '', since: undefined })
}

function withMessages(value: unknown, message: string): unknown {
  if (Array.isArray(value)) return value.map(item => withMessages(item, message))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, own]) => [
    key,
    key === 'message' ? message : withMessages(own, message),
  ])
  return Object.fromEntries(entries)
}

function wait(detail: string) {
  return waitTeller()([{ endpoint: 'chat', state: 'waiting', detail, since: 0 }], 1000)
}

const TEXTS: [string, () => unknown][] = [
  ['blanks before a command to a runner', () => disarm(`${mega('\r')}::`)],
  ['number signs', () => disarm(mega('##a'))],
  ['what a terminal shows', () => outgoing(mega('::\u001B[31m \u200D::'), true)],
  ['what is cleaned', () => cleanText(mega('\r \u200D\u2028'))],
  ['Markdown', () => escapeMarkdown(mega('[`|_*<'))],
  ['keys without an end', () => maskText(mega('-----BEGIN PRIVATE KEY-----'))],
  ['addresses with a password and no host', () => maskText(mega('://a:b'))],
  ['names of secrets', () => maskText(mega('password="'))],
  ['options that are given secrets', () => maskText(mega('--api-key "'))],
  ['names without a value', () => maskText(mega('token= '))],
  ['a header without an end', () => maskText(mega('authorization: a '))],
  ['a name without an end', () => maskText(mega('token.'))],
  ['blanks under a secret name', () => maskValue({ TOKEN: `${mega(' ')}(` }, () => '')],
  ['slashes of a remote', () => repositoryName(`git@example.com:a${mega('/')}b`)],
  ['a path in brackets', () => stepsOf(mega('['))],
  ['a selector of a conflict', () => valueAt([{ name: 'a' }], `[${mega('a')}]`)],
  ['a selector with half a quote', () => valueAt([{ name: 'a' }], `[name="${mega('\\\\')}]`)],
  ['an immutable field', () => immutable(mega('updates to n spec for fields other than '))],
  ['a path of containers', () => changed(mega('ontainers['))],
  ['a path of limits', () => changed(`resources.limits["${mega('gpu')}`)],
  ['a path of variables', () => changed(mega('.env[name=a'))],
  ['an image', () => changed('spec.containers[server].image', `a${mega('@:::')}\n`, mega(':a'))],
  ['numbers of a wait', () => wait(`0${mega('0.0')}A`)],
  ['values of a Secret', () => refused(mega('Invalid value: {'))],
  ['a Secret as Go prints it', () => refused(mega('value.valueUnstructured{'))],
  ['a conversion', () => refused(mega('conversion webhook for a'))],
  ['etcd', () => refused(mega('etcdserver: '))],
  ['a usage error', () => usageProblem(mega('Argument: a, Given: '), { argv: [], commands: [] })],
  ['a scheduler', () => schedulerText(`a${mega(' ')}b`)],
  ['Pod Security', () => told('pod-security', `violates PodSecurity "${mega('r')}`)],
  ['a quota', () => told('quota', mega('exceeded quota: a'))],
  ['a policy', () => told('pod-security', mega("ValidatingAdmissionPolicy 'a' 'b"))],
]

for (const [title, read] of TEXTS) {
  test(`S3 · a megabyte is read in linear time: ${title}`, t => {
    t.notThrows(read)
  })
}
