import type { Failure, OutcomeReport } from '../../delivery/index.ts'
import type { Bundle } from '../../doctor/index.ts'
import type { Problem } from '../../problem/index.ts'
import type { Diagnosis } from '../../status/index.ts'
import { logName } from '../markdown/bundle.ts'
import { cleanLine, quoteLines } from '../clean.ts'
import { problemLines } from './problems.ts'
import { SYMBOLS, type Paint } from './style.ts'
import { wrapLines } from './wrap.ts'

/** Every problem of an apply, each once: the cause first, then where, the evidence, what to do. */
export function failuresAsText(
  { outcome, failures, bundles = [] }: OutcomeReport,
  paint: Paint,
  columns?: number,
): string {
  const blocks = allFailures(outcome.problems, failures).map(({ problem, diagnosis }) =>
    wrapLines(
      [
        ...(diagnosis === undefined
          ? problemLines(problem, paint)
          : diagnosisLines(problem, diagnosis, paint)),
        ...lastWords(bundles.find(({ endpoint }) => endpoint === problem.endpoint)),
      ],
      columns,
    ),
  )
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`
}

const LAST_LINES = 10

/** The end of the log of a container that crashed: of its last run that ended. */
function lastWords(bundle: Bundle | undefined): string[] {
  const crashed = bundle?.logs.filter(log => log.crashed) ?? []
  const log = crashed.find(({ previous }) => previous) ?? crashed[0]
  if (log === undefined) return []
  const end = log.text.split('\n').slice(-LAST_LINES).join('\n')
  return [`  last lines of ${cleanLine(logName(log))}:`, ...quoteLines(end, '  ')]
}

function diagnosisLines(problem: Problem, diagnosis: Diagnosis, paint: Paint): string[] {
  const { object, cause, remedy } = problem
  const message = withoutTold(problem.message, diagnosis.summary)
  const where = object === undefined || message.includes(object) ? '' : `${object}: `
  const isTold = remedy === undefined || diagnosis.remedy.includes(remedy)
  return [
    paint('red', causeLine(problem, diagnosis)),
    `  ${paint('dim', cleanLine(`${where}${message}`))}`,
    ...(cause === undefined || cause === diagnosis.summary
      ? []
      : [`  ${paint('dim', 'why:')} ${cleanLine(cause)}`]),
    ...diagnosis.evidence.flatMap(fact => quoteLines(fact, '  ')),
    ...[...(isTold ? [] : [remedy]), diagnosis.remedy].map(
      text => `  ${paint('dim', 'do:')} ${cleanLine(text)}`,
    ),
  ]
}

/** `chat cannot become ready: Deployment/chat: CAUSE` without the cause, which is told above, and without the object before it. */
function withoutTold(message: string, told: string): string {
  const at = message.indexOf(told)
  return at <= 0 ? message : message.slice(0, at).replace(/(?:: [A-Z]\w+\/\S+)?: $/, '')
}

/** `✗ chat: image registry.example.com/chat:v1 cannot be pulled` */
export function causeLine({ endpoint, message }: Problem, diagnosis?: Diagnosis): string {
  const text = diagnosis?.summary ?? message
  const isNamed = endpoint === undefined || text.startsWith(`${endpoint} `)
  return cleanLine(`${SYMBOLS.failed} ${isNamed ? '' : `${endpoint}: `}${text}`)
}

/** The problems of the outcome, each with the diagnosis that its event had; events whose problem the outcome lacks come last. */
export function allFailures(
  problems: readonly Problem[],
  failures: readonly Failure[],
): { problem: Problem; diagnosis?: Diagnosis }[] {
  const known = problems.map(problem => {
    const diagnosis = failures.find(failure => isSame(failure.problem, problem))?.diagnosis
    return diagnosis === undefined ? { problem } : { problem, diagnosis }
  })
  const others = failures.filter(({ problem }) => !problems.some(other => isSame(other, problem)))
  return [...known, ...others]
}

function isSame(a: Problem, b: Problem): boolean {
  return a.code === b.code && a.message === b.message
}
