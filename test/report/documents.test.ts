import test from 'ava'
import { namespaceAsJson } from '../../src/report/text/import.ts'
import { schemaOf } from '../../src/report/document-schema.ts'
import { asDocumented } from '../support/documented.ts'
import { explanationsAsJson, OUTPUT_KINDS } from '../../src/report/index.ts'
import { comparisonAsJson } from '../../src/report/comparison.ts'
import { planAsJson } from '../../src/report/plan-json.ts'
import { doctorAsJson } from '../../src/report/text/doctor.ts'
import { fleetAsJson } from '../../src/report/text/fleet.ts'
import { environmentsAsJson } from '../../src/report/text/environments.ts'
import { historyAsJson } from '../../src/report/text/history.ts'
import { outcomeAsJson } from '../../src/report/text/outcome.ts'
import { smokeAsJson } from '../../src/report/text/smoke.ts'
import { statusAsJson } from '../../src/report/text/status.ts'
import { validationAsJson } from '../../src/report/text/validation.ts'
import { RESULTS } from './results.ts'

/** What `-o json` prints is what the published schemas say: no field more, no field otherwise. */

/** Of the outermost fields; all others are always there. */
const OPTIONAL = new Set(['lastRevision', 'git'])

const DOCUMENTS: Record<(typeof OUTPUT_KINDS)[number], unknown> = {
  Import: namespaceAsJson(RESULTS.import),
  Validation: validationAsJson(RESULTS.validation),
  Plan: planAsJson(RESULTS.plan),
  Explanation: explanationsAsJson(RESULTS.explanations),
  Status: statusAsJson(RESULTS.status),
  FleetStatus: fleetAsJson(RESULTS.fleet),
  SmokeReport: smokeAsJson(RESULTS.smoke),
  DoctorReport: doctorAsJson(RESULTS.doctor),
  Environments: environmentsAsJson(RESULTS.environments),
  Comparison: comparisonAsJson(RESULTS.comparison),
  ApplyOutcome: outcomeAsJson(RESULTS.outcome),
  History: historyAsJson(RESULTS.history),
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
