import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { explain, viewOf } from '../../src/status/index.ts'
import { documents, fixtureNames } from './fixture.ts'

/**
 * What is read out of a message takes a time that grows with its length and no faster: of whatever the beginning of a
 * message is repeated a hundred thousand times, the diagnosis is there before the time-out of this file.
 */

const LONG = 400_000

/** Where the beginning that is repeated ends: what a pattern looks for is then begun again and again and never completed. */
const PARTS = [0.3, 0.6, 0.9, 1]

/** With every message replaced. */
function withMessages(value: unknown, replace: (message: string) => string): unknown {
  if (Array.isArray(value)) return value.map(item => withMessages(item, replace))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, own]) => [
      key,
      typeof own === 'string' && own !== '' && (key === 'message' || key === 'note')
        ? replace(own)
        : withMessages(own, replace),
    ]),
  )
}

function repeated(message: string, part: number): string {
  const beginning = message.slice(0, Math.max(1, Math.round(message.length * part)))
  return beginning.repeat(Math.ceil(LONG / beginning.length))
}

for (const name of fixtureNames('causes')) {
  test(`S3 · endless messages are read in linear time: ${name}`, t => {
    const [header, ...objects] = documents(`causes/${name}.yaml`)
    const { about = 'Pod', now, since } = header as unknown as Record<string, string>
    for (const part of PARTS) {
      const long = objects.map(
        object => withMessages(object, message => repeated(message, part)) as KubeObject,
      )
      const object = long.find(({ kind }) => kind === about)
      t.assert(object)
      if (object === undefined) return
      const told = explain({ object, related: viewOf(long), now: now ?? '', since })
      for (const { summary, evidence } of told)
        t.true(summary.length + evidence.join('').length < LONG)
    }
  })
}
