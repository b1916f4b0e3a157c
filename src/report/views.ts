import { toYamlText } from '../object/index.ts'
import type { Plan } from '../plan/index.ts'
import { hasErrors } from '../problem/index.ts'
import type { DescribedEnvironment } from '../spec/index.ts'
import { cleanLine } from './clean.ts'
import { comparisonAsText, comparisonReport, type Comparison } from './comparison.ts'
import { documentOf, type OutputDocument, type Results } from './documents.ts'
import { problemsAsAnnotations } from './github.ts'
import { fleetAsHtml } from './html/fleet.ts'
import { reportAsHtml } from './html/page.ts'
import { planAsMarkdown, planReport, reportAsMarkdown } from './markdown/plan-markdown.ts'
import { jsonText, maskedDocument } from './outgoing.ts'
import { problemsAsSarif } from './sarif.ts'
import { doctorAsText } from './text/doctor.ts'
import type { DoctorReport } from '../doctor/index.ts'
import { environmentNamesAsJson, environmentsAsText } from './text/environments.ts'
import type { OutcomeReport } from '../delivery/index.ts'
import { fleetAsText, fleetNames } from './text/fleet.ts'
import { historyAsText } from './text/history.ts'
import type { AppliedRevision } from '../revisions/index.ts'
import { namespaceAsText, type NamespaceReport } from './text/import.ts'
import { outcomeAsText } from './text/outcome.ts'
import { planAsText } from './text/plan-text.ts'
import { smokeAsText } from './text/smoke.ts'
import type { SmokeReport } from '../apply/index.ts'
import { statusAsText } from './text/status.ts'
import type { FleetStatus, StatusReport } from '../overview/index.ts'
import type { Paint } from './text/style.ts'
import { validationAsMarkdown, validationAsText } from './text/validation.ts'
import type { Validation } from '../project/index.ts'
import { wrapText } from './text/wrap.ts'

/**
 * The output formats of each result, the default first. `-o`, its help and its completion take their words from here:
 * docs/architecture.md says how to add one.
 */

export interface Look {
  paint: Paint
  /** Milliseconds, by the clock of the API server where there is one. */
  now: number
  /** Of the project in its repository, for places in it. */
  folder: string
  /** The environment, or what stands for all of them. */
  subject: string
  /** Of the screen; absent where the result goes elsewhere. */
  columns?: number
}

export type View<Result> = (result: Result, look: Look) => string | Promise<string>

type Views<Result, Format extends string> = Readonly<Record<Format, View<Result>>>

export const PLAN_VIEWS: Views<Plan, 'text' | 'json' | 'markdown' | 'html'> = {
  text: (plan, { paint, columns }) => planAsText(plan, paint, columns),
  json: documented('Plan'),
  markdown: planAsMarkdown,
  html: plan => reportAsHtml(planReport(plan)),
}

export const COMPARISON_VIEWS: Views<Comparison, keyof typeof PLAN_VIEWS> = {
  text: (comparison, { paint, columns }) => comparisonAsText(comparison, paint, columns),
  json: documented('Comparison'),
  markdown: comparison => reportAsMarkdown(comparisonReport(comparison)),
  html: comparison => reportAsHtml(comparisonReport(comparison)),
}

export const OUTCOME_VIEWS: Views<OutcomeReport, 'text' | 'json'> = {
  text: (report, { paint, columns }) => wrapText(outcomeAsText(report, paint), columns),
  json: documented('ApplyOutcome'),
}

export const VALIDATION_VIEWS: Views<
  Validation,
  'text' | 'json' | 'markdown' | 'sarif' | 'github'
> = {
  // Its problems are messages.
  text: validation => (hasErrors(validation.problems) ? '' : validationAsText(validation)),
  json: documented('Validation'),
  markdown: (validation, { subject }) => validationAsMarkdown(validation, subject),
  sarif: ({ problems }, { folder }) => jsonText(problemsAsSarif(problems, folder)),
  github: ({ problems }, { folder }) => problemsAsAnnotations(problems, folder),
}

export const STATUS_VIEWS: Views<
  StatusReport,
  'text' | 'wide' | 'json' | 'yaml' | 'name' | 'html'
> = {
  text: statusAsText,
  wide: (report, { paint, now }) => statusAsText(report, { paint, now, wide: true }),
  json: documented('Status'),
  yaml: report => yamlOf(documentOf('Status', report)),
  name: ({ endpoints }) => endpoints.map(({ endpoint }) => `${cleanLine(endpoint)}\n`).join(''),
  html: (report, { now, subject }) => fleetAsHtml(fleetOf(report, now, subject), now),
}

/** Of several environments: the same formats. */
export const FLEET_VIEWS: Views<FleetStatus, keyof typeof STATUS_VIEWS> = {
  text: fleetAsText,
  wide: (fleet, { paint }) => fleetAsText(fleet, { paint, wide: true }),
  json: documented('FleetStatus'),
  yaml: fleet => yamlOf(documentOf('FleetStatus', fleet)),
  name: fleetNames,
  html: (fleet, { now }) => fleetAsHtml(fleet, now),
}

function fleetOf(report: StatusReport, now: number, project: string): FleetStatus {
  const { environment, problems = [] } = report
  return { project, environments: [{ environment, report, now, problems }] }
}

export const SMOKE_VIEWS: Views<SmokeReport, 'text' | 'json'> = {
  text: (report, { paint, columns }) => smokeAsText(report, paint, columns),
  json: documented('SmokeReport'),
}

export const DOCTOR_VIEWS: Views<DoctorReport, 'text' | 'json'> = {
  text: (report, { paint, columns }) => doctorAsText(report, paint, columns),
  json: documented('DoctorReport'),
}

export const HISTORY_VIEWS: Views<readonly AppliedRevision[], 'text' | 'json'> = {
  text: historyAsText,
  json: documented('History'),
}

/** Of `import --all`; one object is told as text. */
export const IMPORT_VIEWS: Views<NamespaceReport, 'text' | 'json'> = {
  text: (report, { paint, columns }) => wrapText(namespaceAsText(report, paint), columns),
  json: documented('Import'),
}

export const ENVIRONMENT_VIEWS: Views<readonly DescribedEnvironment[], 'text' | 'json' | 'names'> =
  {
    text: (environments, { columns }) => wrapText(environmentsAsText(environments), columns),
    json: documented('Environments'),
    names: environmentNamesAsJson,
  }

/** Only what has a published schema is printed. */
function documented<Kind extends keyof Results>(kind: Kind) {
  return (result: Results[Kind]) => jsonText(documentOf(kind, result))
}

function yamlOf(document: OutputDocument): string {
  return toYamlText(maskedDocument(document))
}
