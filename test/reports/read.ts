import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { KubeObject } from '../../src/object/index.ts'
import { completed, type ReportEvent } from './complete.ts'

/** A situation that people have met: what was there, and what slipway should say of it. */
export interface Report extends Header {
  /** Folder and file, without `.yaml`. */
  name: string
  objects: KubeObject[]
}

/** The first document of a report's file. */
export interface Header {
  /** One sentence: what happens. */
  title: string
  /** When it is looked at, and when it was written. */
  now: string
  since?: string
  /** A file of the folder `bases` whose objects are there, too, unless the file has them itself. */
  base?: string
  /** As rendered, where it is not as live: an annotation that somebody else has set is not in it. */
  asked?: KubeObject[]
  /** The object that was written, `Deployment/chat` when left out. */
  about?: string
  events?: ReportEvent[]
  /** What containers wrote last, by `POD/CONTAINER`. */
  logs?: Record<string, string>
  expect: Expectation
}

export interface Expectation {
  /** `early`: the wait ends at once; `patient`: it goes on. */
  outcome: 'early' | 'patient' | 'ready'
  /** None: nothing is wrong that could be named. */
  cause?: string
  /** Words that the message, the summary or the evidence has. */
  says?: string[]
  remedy?: string[]
  /** Words that would mislead, wherever they are. */
  never?: string[]
}

const FOLDER = resolve(import.meta.dirname, 'recorded')
const BASES = 'bases'

/** All reports, by name. */
export function readReports(): Report[] {
  return globSync('*/*.yaml', { cwd: FOLDER })
    .filter(path => !path.startsWith(BASES))
    .toSorted()
    .map(path => readReport(path.replace(/\.yaml$/, '')))
}

function readReport(name: string): Report {
  const [first, ...own] = documents(name)
  const header = first as Header
  const base = header.base === undefined ? [] : documents(`${BASES}/${header.base}`)
  return { ...header, name, objects: completed(header, [...base, ...own] as KubeObject[]) }
}

function documents(name: string): unknown[] {
  const text = readFileSync(resolve(FOLDER, `${name}.yaml`), 'utf8')
  return parseAllDocuments(text).map((document): unknown => document.toJS())
}
