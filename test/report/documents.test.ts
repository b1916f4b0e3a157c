import test from 'ava'
import { documentOf, OUTPUT_KINDS } from '../../src/report/documents.ts'
import { schemaOf } from '../../src/report/document-schema.ts'
import { asDocumented } from '../support/documented.ts'
import { RESULTS } from './results.ts'

/** What `-o json` prints is what the published schemas say: no field more, no field otherwise. */

/** Of the outermost fields; all others are always there. */
const OPTIONAL = new Set(['lastRevision', 'git'])

const DOCUMENTS: Record<(typeof OUTPUT_KINDS)[number], unknown> = {
  Import: documentOf('Import', RESULTS.import),
  Validation: documentOf('Validation', RESULTS.validation),
  Plan: documentOf('Plan', RESULTS.plan),
  Explanation: documentOf('Explanation', RESULTS.explanations),
  Status: documentOf('Status', RESULTS.status),
  FleetStatus: documentOf('FleetStatus', RESULTS.fleet),
  SmokeReport: documentOf('SmokeReport', RESULTS.smoke),
  DoctorReport: documentOf('DoctorReport', RESULTS.doctor),
  Environments: documentOf('Environments', RESULTS.environments),
  Comparison: documentOf('Comparison', RESULTS.comparison),
  ApplyOutcome: documentOf('ApplyOutcome', RESULTS.outcome),
  History: documentOf('History', RESULTS.history),
}

for (const kind of OUTPUT_KINDS) {
  test(`a ${kind} is what its schema says`, t => {
    const printed: unknown = JSON.parse(JSON.stringify(DOCUMENTS[kind]))
    t.deepEqual(asDocumented(kind, printed), printed)
    t.throws(() => asDocumented(kind, { ...(printed as object), kind: 'Other' }))
    const schema = schemaOf(kind)
    t.is(schema['$schema'], 'https://json-schema.org/draft/2020-12/schema')
    const keys = Object.keys(printed as object).filter(key => !OPTIONAL.has(key))
    t.deepEqual(schema['required'], keys)
  })
}
