import { bundleOf } from '../../src/doctor/bundle/gather.ts'
import { endpointFindings } from '../../src/doctor/checks/endpoints.ts'
import type { Bundle } from '../../src/doctor/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { cleanLine } from '../../src/report/clean.ts'
import { bundleAsText } from '../../src/report/markdown/bundle.ts'
import {
  endpointStatus,
  judgeWritten,
  viewOf,
  type Diagnosis,
  type EndpointStatus,
  type Verdict,
} from '../../src/status/index.ts'
import type { Expectation, Report } from './read.ts'
import { seenOf } from './seen.ts'

/** 0 wrong or misleading, 1 silent or a remedy that would not help, 2 the cause is named, 3 with its evidence and a remedy. */
export interface Score {
  points: 0 | 1 | 2 | 3
  /** What is missing; empty for the best. */
  why: string[]
}

export const BEST = 3

type Answer = Pick<Verdict, 'state' | 'message' | 'diagnosis'>

/** How apply, status, doctor and the bundle explain a report: the worst of them, and none where they do not agree. */
export function scoreOf(report: Report): Score {
  const told = answers(report)
  const { apply, status } = told
  for (const [who, said] of Object.entries(diagnosesOf(told)))
    if (JSON.stringify(said) !== JSON.stringify(apply.diagnosis))
      return { points: 0, why: [`apply says ${causeOf(apply.diagnosis)}, ${who} ${causeOf(said)}`] }
  return [apply, status].map(answer => judged(answer, report.expect)).toSorted(worst)[0] as Score
}

interface Answers {
  apply: Answer
  status: EndpointStatus
  bundle: Bundle
}

/** Each as the command makes it, of what it reads. */
function answers(report: Report): Answers {
  const { objects, now, since, about = 'Deployment/chat', asked = [] } = report
  const isOwn = ({ kind, metadata }: KubeObject) =>
    about.split(', ').includes(`${kind}/${metadata.name}`)
  const own = objects.filter(isOwn)
  const desired = own.map(object => {
    const rendered = asked.find(({ kind }) => kind === object.kind)
    if (rendered === undefined) return object
    return { ...rendered, metadata: { namespace: NAMESPACE, ...rendered.metadata } }
  })
  const { children, evidence, words } = seenOf(NAMESPACE, own, report)
  const related = viewOf([...own, ...children, ...evidence, ...words])
  const question = { objects: own, desired, related, now, since }
  const gathered = { objects: own, desired, children, evidence, words, now, logs: [], unseen: [] }
  return {
    apply: judgeWritten({ ...question, writtenAt: since }).verdict,
    status: endpointStatus({ ...question, endpoint: ENDPOINT }),
    bundle: bundleOf({ ...gathered, endpoint: ENDPOINT, namespace: NAMESPACE, since }),
  }
}

const NAMESPACE = 'llm-ops'
const ENDPOINT = 'chat'

/** What each of them shows, beside what apply says; the doctor has no list of evidence, and says nothing of what is being done about. */
function diagnosesOf({ status, bundle }: Answers): Record<string, Diagnosis | undefined> {
  const { diagnosis } = status
  const [finding] = endpointFindings([status])
  const isTold = diagnosis !== undefined && diagnosis.outlook !== 'waiting'
  const doctors = isTold
    ? { ...diagnosis, summary: finding?.message ?? '', remedy: finding?.remedy ?? '' }
    : diagnosis
  const [summary = '', remedy = ''] = bundleAsText(bundle).split('\n')
  const written = bundle.status.diagnosis && {
    ...bundle.status.diagnosis,
    ...(summary !== cleanLine(bundle.status.diagnosis.summary) && { summary }),
    ...(remedy !== `do: ${cleanLine(bundle.status.diagnosis.remedy)}` && { remedy }),
  }
  return { status: diagnosis, doctor: doctors, 'the bundle': written }
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

function causeOf(diagnosis: Diagnosis | undefined): string {
  return diagnosis === undefined ? 'nothing' : `${diagnosis.cause}: ${diagnosis.summary}`
}

function worst(a: Score, b: Score): number {
  return a.points - b.points
}
