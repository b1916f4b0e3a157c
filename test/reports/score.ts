import { endpointStatus, judgeWritten, viewOf } from '../../src/status/index.ts'
import type { Diagnosis, Verdict } from '../../src/status/index.ts'
import type { Expectation, Report } from './read.ts'

/** 0 wrong or misleading, 1 silent or a remedy that would not help, 2 the cause is named, 3 with its evidence and a remedy. */
export interface Score {
  points: 0 | 1 | 2 | 3
  /** What is missing; empty for the best. */
  why: string[]
}

export const BEST = 3

type Answer = Pick<Verdict, 'state' | 'message' | 'diagnosis'>

/** How apply and status explain a report: the worse of the two, and none where they do not agree. */
export function scoreOf(report: Report): Score {
  const [apply, status] = answers(report)
  if (JSON.stringify(apply.diagnosis) !== JSON.stringify(status.diagnosis))
    return { points: 0, why: [`apply says ${causeOf(apply)}, status ${causeOf(status)}`] }
  return [apply, status].map(answer => judged(answer, report.expect)).toSorted(worst)[0] as Score
}

function answers({ objects, now, since, about = 'Deployment/chat' }: Report): [Answer, Answer] {
  const own = objects.filter(({ kind, metadata }) =>
    about.split(', ').includes(`${kind}/${metadata.name}`),
  )
  const question = { objects: own, related: viewOf(objects), now, since }
  const { verdict } = judgeWritten({ ...question, desired: own, writtenAt: since })
  return [verdict, endpointStatus(question)]
}

function judged(answer: Answer, expected: Expectation): Score {
  const { diagnosis } = answer
  const said = textOf(answer, diagnosis)
  const whole = `${said} ${diagnosis?.remedy ?? ''}`
  const misleading = (expected.never ?? []).filter(word => whole.includes(word))
  if (misleading.length > 0) return { points: 0, why: [`says ${misleading.join(', ')}: ${whole}`] }
  if (diagnosis !== undefined && diagnosis.cause !== expected.cause)
    return { points: 0, why: [`cause ${diagnosis.cause}: ${whole}`] }
  if (answer.state === 'failed' && expected.outcome !== 'early')
    return { points: 0, why: [`fails early: ${whole}`] }
  if (expected.cause !== undefined && diagnosis === undefined)
    return { points: 1, why: [`silent: ${whole}`] }
  const noRemedy = lacking(diagnosis?.remedy ?? '', expected.remedy)
  if (noRemedy.length > 0)
    return { points: 1, why: [`the remedy lacks ${noRemedy.join(', ')}: ${diagnosis?.remedy}`] }
  const unsaid = lacking(said, expected.says)
  if (unsaid.length > 0) return { points: 2, why: [`lacks ${unsaid.join(', ')}: ${said}`] }
  const state = { early: 'failed', patient: 'progressing', ready: 'ready' }[expected.outcome]
  return answer.state === state
    ? { points: BEST, why: [] }
    : { points: 2, why: [`is ${answer.state}`] }
}

function textOf({ message }: Answer, diagnosis: Diagnosis | undefined): string {
  return [message, diagnosis?.summary, ...(diagnosis?.evidence ?? [])].filter(Boolean).join(' | ')
}

function lacking(text: string, words: readonly string[] = []): string[] {
  return words.filter(word => !text.includes(word))
}

function causeOf({ diagnosis }: Answer): string {
  return diagnosis === undefined ? 'nothing' : `${diagnosis.cause}: ${diagnosis.summary}`
}

function worst(a: Score, b: Score): number {
  return a.points - b.points
}
