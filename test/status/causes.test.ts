import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { assess, explain, viewOf } from '../../src/status/index.ts'
import { documents, fixtureNames } from './fixture.ts'

/** First document of each file of fixtures/causes: what the objects after it are expected to say. */
interface Expectation {
  title: string
  now: string
  since?: string
  /** Kind of the object asked about; Pod when left out. */
  about?: string
  expect: {
    cause: string
    outlook: string
    summary?: string
    remedy?: string
    evidence?: string[]
  }
}

for (const name of fixtureNames('causes')) {
  const [header, ...objects] = documents<unknown>(`causes/${name}.yaml`) as [
    Expectation,
    ...KubeObject[],
  ]
  const { title, now, since, about = 'Pod', expect } = header
  test(`${title} (${name})`, t => {
    const object = objects.find(({ kind }) => kind === about)
    t.assert(object)
    if (object === undefined) return
    const inquiry = { object, related: viewOf(objects), now, since }
    const [first] = explain(inquiry)
    t.is(first?.cause, expect.cause)
    t.is(first?.outlook ?? 'open', expect.outlook)
    t.true(first?.summary.includes(expect.summary ?? ''), first?.summary)
    t.true(first?.remedy.includes(expect.remedy ?? ''), first?.remedy)
    const evidence = first?.evidence.join('\n') ?? ''
    for (const fact of expect.evidence ?? []) t.true(evidence.includes(fact), evidence)
    if (about === 'Pod' && first?.cause !== 'evicted')
      t.is(assess(inquiry).state, expect.outlook === 'hopeless' ? 'failed' : 'progressing')
  })
}
