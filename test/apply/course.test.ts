import test from 'ava'
import { interruptedOutcome } from '../../src/apply/course.ts'
import type { EndpointOutcome } from '../../src/apply/events.ts'
import { keyOf } from '../../src/object/index.ts'
import { aDeployment, anAction } from '../report/plans.ts'

/** What an endpoint comes to where an apply is interrupted. */

const desired = aDeployment()
const [create, replace, prune] = [
  anAction('create', 'Deployment', { desired }),
  anAction('replace', 'Service', { desired }),
  anAction('prune', 'Ingress'),
]
const keys = (...actions: (typeof create)[]) => new Set(actions.map(({ ref }) => keyOf(ref)))
const NONE = { begun: keys(), written: keys(), deleted: keys() }

type Row = [title: string, ...Parameters<typeof interruptedOutcome>, outcome: EndpointOutcome]

const ROWS: Row[] = [
  ['not begun', { actions: [create], objects: [desired] }, NONE, 'skipped'],
  ['as in git, and not waited for', { actions: [], objects: [desired] }, NONE, 'applied'],
  [
    'a request was on its way',
    { actions: [create], objects: [desired] },
    { ...NONE, begun: keys(create) },
    'unfinished',
  ],
  [
    'some are written',
    { actions: [create, prune], objects: [desired] },
    { begun: keys(create), written: keys(create), deleted: keys() },
    'unfinished',
  ],
  [
    'all are written',
    { actions: [create, prune], objects: [desired] },
    { begun: keys(create, prune), written: keys(create), deleted: keys(prune) },
    'applied',
  ],
  [
    'deleted, and not created again',
    { actions: [replace], objects: [desired] },
    { begun: keys(replace), written: keys(), deleted: keys(replace) },
    'unfinished',
  ],
  [
    'deleted',
    { actions: [prune], objects: [] },
    { begun: keys(prune), written: keys(), deleted: keys(prune) },
    'deleted',
  ],
]

for (const [title, endpoint, course, outcome] of ROWS) {
  test(`R14 · interrupted: ${title} is ${outcome}`, t => {
    t.is(interruptedOutcome(endpoint, course), outcome)
  })
}
