import test from 'ava'
import { eventReader } from '../../src/cluster/answer/event.ts'
import { pageReader } from '../../src/cluster/answer/list.ts'
import { deletionReader, objectReader, storedReader } from '../../src/cluster/answer/object.ts'
import { readAnswer } from '../../src/cluster/answer/read-answer.ts'
import type { Reader } from '../../src/cluster/answer/reader.ts'
import { selects } from '../../src/cluster/answer/selector.ts'
import {
  allowedReader,
  resourcesReader,
  versionReader,
  versionsReader,
} from '../../src/cluster/answer/served.ts'
import { asProblem, ClusterError, type ServedKind } from '../../src/cluster/index.ts'
import { failureOf } from '../../src/cluster/failure/status.ts'

const DEPLOYMENT: ServedKind = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  plural: 'deployments',
  namespaced: true,
  verbs: ['list'],
}
const CUSTOM: ServedKind = {
  ...DEPLOYMENT,
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  plural: 'widgets',
}
const TYPE = { apiVersion: 'apps/v1', kind: 'Deployment' }
const REF = { ...TYPE, namespace: 'models', name: 'chat' }
const QUERY = { ...TYPE, namespace: 'models', labelSelector: 'set=one,other!=two,there' }
const METADATA = {
  name: 'chat',
  namespace: 'models',
  uid: 'u-1',
  resourceVersion: '7',
  labels: { set: 'one', there: '' },
}
const OBJECT = { ...TYPE, metadata: METADATA }
const LIST = { apiVersion: 'apps/v1', kind: 'DeploymentList', metadata: { resourceVersion: '9' } }

const withMetadata = (more: object) => ({ ...OBJECT, metadata: { ...METADATA, ...more } })
const listOf = (...items: unknown[]) => ({ ...LIST, items })

const object = objectReader(DEPLOYMENT, REF)
const stored = storedReader(DEPLOYMENT, REF)
const page = pageReader(DEPLOYMENT, QUERY)
const widgets = pageReader(CUSTOM, { ...CUSTOM, namespace: 'models' })
const event = eventReader(DEPLOYMENT, { ...QUERY, fieldSelector: 'metadata.name=chat' })
const deletion = deletionReader(DEPLOYMENT, REF, 'u-1')
const resources = resourcesReader('apps/v1')
const versions = versionsReader('apps')

const WIDGET = { ...OBJECT, apiVersion: 'example.com/v1', kind: 'Widget' }
const WIDGETS = { ...LIST, apiVersion: 'example.com/v1', kind: 'WidgetCollectionList' }
const { apiVersion: _version, kind: _kind, ...SILENT } = OBJECT
const RESOURCE = { name: 'deployments', kind: 'Deployment', namespaced: true, verbs: ['get'] }
const RESOURCES = { kind: 'APIResourceList', groupVersion: 'apps/v1', resources: [RESOURCE] }
const GROUP = {
  kind: 'APIGroup',
  name: 'apps',
  versions: [{ groupVersion: 'apps/v1beta1' }, { groupVersion: 'apps/v1' }],
  preferredVersion: { groupVersion: 'apps/v1' },
}
const DONE = { kind: 'Status', status: 'Success', details: { name: 'chat', uid: 'u-1' } }
const REVIEW = { kind: 'SelfSubjectAccessReview', status: { allowed: false } }

/** What was asked, and answers to it that are believed. */
const TRUE: [string, Reader<unknown>, unknown][] = [
  ['object', object, OBJECT],
  ['object that was only tried', object, withMetadata({ resourceVersion: undefined })],
  ['stored object', stored, OBJECT],
  ['list', page, listOf(SILENT)],
  ['list whose items say their kind', page, listOf(OBJECT)],
  ['empty list', page, listOf()],
  ['list of null', page, { ...LIST, items: null }],
  ['list of a definition with a name of its own', widgets, { ...WIDGETS, items: [WIDGET] }],
  ['event', event, { type: 'MODIFIED', object: OBJECT }],
  ['event without labels', event, { type: 'DELETED', object: withMetadata({ labels: {} }) }],
  [
    'bookmark',
    event,
    { type: 'BOOKMARK', object: { ...TYPE, metadata: { resourceVersion: '12' } } },
  ],
  ['error', event, { type: 'ERROR', object: { kind: 'Status', code: 410 } }],
  ['deletion that is done', deletion, DONE],
  ['deletion that goes on', deletion, withMetadata({ deletionTimestamp: '2026-01-01T00:00:00Z' })],
  ['resources', resources, RESOURCES],
  ['group', versions, GROUP],
  ['version', versionReader, { gitVersion: 'v1.34.4' }],
  ['review', allowedReader, REVIEW],
]

for (const [title, read, answer] of TRUE) {
  test(`believed: ${title}`, t => {
    t.notThrows(() => readAnswer(asked(read, JSON.stringify(answer))))
  })
}

/** Whatever was asked: no answer to it. */
const NEVER = [
  '',
  '<html>Please sign in</html>',
  'null',
  '[]',
  '[null]',
  '"ok"',
  '1',
  '{}',
  '{"status":"ok"}',
  '{"kind":"Status","status":"Success"}',
  '{"kind":"Status","apiVersion":"v1","status":"Success","details":{}}',
  '{"kind":"List","apiVersion":"v1","items":[]}',
  '{"kind":"constructor","apiVersion":"__proto__","metadata":{},"items":{}}',
  '{"type":"constructor","object":{}}',
  '{"type":"ERROR"}',
]

for (const [name, read] of Object.entries({
  object,
  stored,
  page,
  widgets,
  event,
  deletion,
  resources,
  versions,
  versionReader,
  allowedReader,
})) {
  test(`S1 · never an answer: ${name}`, t => {
    for (const text of NEVER) {
      const error = t.throws(
        () => readAnswer(asked(read, text)),
        { instanceOf: ClusterError },
        text,
      )
      const problem = asProblem(error)
      t.like(problem, { code: 'wrong-answer', object: 'Deployment/models/chat' })
      t.truthy(problem.remedy)
    }
  })
}

/** Almost what was asked. */
const FALSE: [string, Reader<unknown>, unknown, RegExp][] = [
  ['another name', object, withMetadata({ name: 'other' }), /another name/],
  ['another namespace', object, withMetadata({ namespace: 'other' }), /another name/],
  ['no namespace', object, withMetadata({ namespace: undefined }), /another name/],
  ['no UID', object, withMetadata({ uid: '' }), /without a UID/],
  [
    'no version to guard a write by',
    stored,
    withMetadata({ resourceVersion: '' }),
    /resourceVersion/,
  ],
  ['another kind', object, { ...OBJECT, kind: 'Service' }, /of kind Service/],
  ['another version', object, { ...OBJECT, apiVersion: 'apps/v2' }, /another version/],
  ['a list for an object', object, listOf(OBJECT), /of kind DeploymentList/],
  ['labels that are none', object, withMetadata({ labels: { a: 1 } }), /metadata/],
  ['managedFields that are none', object, withMetadata({ managedFields: [null] }), /metadata/],
  ['owners that are none', object, withMetadata({ ownerReferences: {} }), /metadata/],
  ['finalizers that are none', object, withMetadata({ finalizers: 'x' }), /metadata/],
  ['an object for a list', page, OBJECT, /of kind Deployment/],
  ['a list of another kind', page, { ...listOf(), kind: 'StatefulSetList' }, /StatefulSetList/],
  ['a list of another group', page, { ...listOf(), apiVersion: 'v1' }, /DeploymentList/],
  ['a list without items', page, LIST, /without items/],
  ['items that are no list', page, { ...LIST, items: {} }, /without items/],
  ['a list without metadata', page, { ...listOf(), metadata: undefined }, /without metadata/],
  ['an item that is none', page, listOf(null), /not an object/],
  ['an item without a name', page, listOf({ metadata: { uid: 'u' } }), /without a name/],
  ['an item of another kind', page, listOf({ ...OBJECT, kind: 'Pod' }), /of kind Pod/],
  ['an item of another namespace', page, listOf(withMetadata({ namespace: 'x' })), /namespace/],
  ['an item of another set', page, listOf(withMetadata({ labels: { set: 'x' } })), /labels/],
  [
    'an item without a version',
    page,
    listOf(withMetadata({ resourceVersion: undefined })),
    /resourceV/,
  ],
  ['an item without labels', page, listOf(withMetadata({ labels: undefined })), /labels/],
  ['a custom item that is silent', widgets, { ...WIDGETS, items: [SILENT] }, /without a kind/],
  [
    'a token that is none',
    page,
    { ...listOf(), metadata: { resourceVersion: '1', continue: 1 } },
    /metadata/,
  ],
  ['an unknown event', event, { type: 'MOVED', object: OBJECT }, /no event/],
  ['an event without an object', event, { type: 'ADDED' }, /not an object/],
  [
    'an event of another name',
    event,
    { type: 'ADDED', object: withMetadata({ name: 'x' }) },
    /another name/,
  ],
  [
    'an event without a version',
    event,
    { type: 'ADDED', object: withMetadata({ resourceVersion: undefined }) },
    /resourceVersion/,
  ],
  [
    'an event of another set',
    event,
    { type: 'MODIFIED', object: withMetadata({ labels: { set: 'two', there: '' } }) },
    /labels/,
  ],
  ['a bookmark without a place', event, { type: 'BOOKMARK', object: TYPE }, /bookmark/],
  [
    'the deletion of another object',
    deletion,
    { ...DONE, details: { name: 'other' } },
    /does not name/,
  ],
  [
    'the deletion of another UID',
    deletion,
    { ...DONE, details: { name: 'chat', uid: 'u-2' } },
    /another object/,
  ],
  ['a deletion that failed', deletion, { ...DONE, status: 'Failure' }, /does not name/],
  [
    'resources of another group',
    resources,
    { ...RESOURCES, groupVersion: 'v1' },
    /APIResourceList/,
  ],
  ['resources that are none', resources, { ...RESOURCES, resources: [{ name: 1 }] }, /is none/],
  ['another group', versions, { ...GROUP, name: 'batch' }, /APIGroup/],
  ['a group without a version', versions, { ...GROUP, preferredVersion: null }, /version/],
  [
    'a group with a version of another',
    versions,
    { ...GROUP, versions: [{ groupVersion: 'batch/v1' }] },
    /version/,
  ],
  [
    'a list that breaks off',
    page,
    { ...listOf(OBJECT), metadata: { resourceVersion: '9', remainingItemCount: 3 } },
    /breaks off/,
  ],
  ['a review without a decision', allowedReader, { ...REVIEW, status: {} }, /decision/],
]

for (const [title, read, answer, what] of FALSE) {
  test(`S1 · not believed: ${title}`, t => {
    const error = t.throws(() => readAnswer(asked(read, JSON.stringify(answer))), {
      instanceOf: ClusterError,
    })
    t.regex(error.message, what)
    t.regex(error.message, /^PATCH Deployment\/models\/chat was answered with /)
  })
}

test('a selector is checked as far as it is plain', t => {
  t.true(selects(undefined)({}))
  t.true(selects('a in (b, c), !d')({ d: '1' }))
  t.false(selects('a==b')({ a: 'c' }))
  t.true(selects('example.com/a.b=c_d')({ 'example.com/a.b': 'c_d' }))
})

/** Status, body: whether the API server itself says so. */
const PAGES: [number, string, string][] = [
  [404, '404 page not found\n', 'not-found'],
  [404, '{"kind":"Status","status":"Failure","reason":"NotFound","message":"x"}', 'not-found'],
  [404, '<html>Not Found</html>', 'unexpected'],
  [404, '{"type":"error","status":"404","message":"clusters.example.com not found"}', 'unexpected'],
  [404, '', 'unexpected'],
  [403, '<html>Forbidden</html>', 'unexpected'],
  [302, '', 'unexpected'],
  [500, '{"status":"Failure","message":5,"reason":{},"details":{"causes":[null,5]}}', 'other'],
  [409, '{"status":"Failure","details":{"causes":{}}}', 'stale'],
]

for (const [status, text, type] of PAGES) {
  test(`S1 · ${status} with "${text.trim()}" is ${type}`, t => {
    const failure = failureOf({ status, headers: {}, text, kind: 'Secret' })
    t.is(failure.type, type as typeof failure.type)
    t.truthy(asProblem(new ClusterError(failure)).remedy)
  })
}

function asked<T>(read: Reader<T>, text: string) {
  const request = {
    verb: 'patch',
    method: 'PATCH',
    path: '/x',
    ref: REF,
    idempotent: true,
  } as const
  return { request, text, read }
}
