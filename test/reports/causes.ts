import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Report } from './read.ts'

const STATUS = resolve(import.meta.dirname, '../../src/status')

/** What only an object that is being deleted waits for: test/status/deletion-table.ts. */
const OF_DELETION = 'deletion/'

/** Every cause that a diagnosis of something that shall serve can have, as the sources write it. */
export function causesInSources(): string[] {
  const files = globSync('**/*.ts', { cwd: STATUS }).filter(path => !path.startsWith(OF_DELETION))
  const texts = files.map(path => readFileSync(resolve(STATUS, path), 'utf8'))
  const found = texts.flatMap(text => [
    ...text.matchAll(/\bcause: (?:[^'\n]{1,100}\? )?'([a-z-]+)'(?: : '([a-z-]+)')?/g),
  ])
  return [...new Set(found.flatMap(([, one, other]) => [one, other]))]
    .filter(cause => cause !== undefined)
    .toSorted()
}

/** What the reports of a cause's kinds lack: three of them, a case, a neighbour that is something else or nothing, one that is waited for. */
export function lackingFor(cause: string, reports: readonly Report[]): string[] {
  const kinds = new Set(reports.filter(({ expect }) => expect.cause === cause).map(kindOf))
  const all = reports.filter(report => kinds.has(kindOf(report)))
  return [
    ...(all.length < 3 ? [`${all.length} of 3 reports`] : []),
    ...(all.every(({ expect }) => expect.cause === cause) ? ['a neighbour'] : []),
    ...(all.every(({ expect }) => expect.outcome === 'early') ? ['a patient case'] : []),
  ]
}

function kindOf({ name }: Report): string {
  return name.split('/')[0] ?? ''
}
