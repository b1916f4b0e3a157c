import { KSERVE } from '../../kinds/index.ts'
import { lastLog } from '../evidence/container-log.ts'
import { containerText, placeText, type PodContainer } from '../containers.ts'
import type { Inquiry } from '../inquiry.ts'
import { between } from '../times.ts'
import type { Diagnosis } from '../verdict.ts'
import { cleaned } from '../wording.ts'
import { askedOf } from './probe-attempt.ts'
import { networkAdvice } from './network.ts'
import { troubleIn } from './understood.ts'

/** Loading takes minutes; what is told of one that takes longer costs a look at its log. */
const LONG_SECONDS = 600

/** Whether a server has been running for so long without being ready that its log is worth a look. */
export function isLongUnready(container: PodContainer, now: string | undefined): boolean {
  const { status, isInit, name } = container
  if (name === KSERVE.knativeProxy || askedOf(container) === undefined) return false
  const age = between(status.state?.running?.startedAt, now) ?? 0
  return !isInit && status.ready !== true && age >= LONG_SECONDS * 1000
}

/** It runs, is not ready, and no event tells of a probe: events go after an hour, and may not be allowed to be read. */
export function unready(container: PodContainer, inquiry: Inquiry): Diagnosis {
  const { name, namespace = 'default' } = container.pod.metadata
  const asked = askedOf(container)
  const diagnosis: Diagnosis = {
    cause: 'probe',
    summary: `${containerText(container)} of pod ${name} runs but is not ready: its ${asked?.kind} probe (${asked?.tried}) has not passed`,
    evidence: [`${placeText(container)} runs since ${container.status.state?.running?.startedAt}`],
    remedy: `see whether its log goes on (kubectl -n ${namespace} logs ${name} -c ${container.name}): if it does, raise loadTime; if it does not, the server hangs or listens elsewhere: check port, probes.path and args (such as --host 0.0.0.0), and what it waits for`,
  }
  return toldBy(diagnosis, container, inquiry)
}

/** With what the server itself has to say: the error in its log that is known, else the line that it is at. */
export function toldBy(
  diagnosis: Diagnosis,
  container: PodContainer,
  { related }: Inquiry,
): Diagnosis {
  const log = lastLog(container, related)
  const trouble = troubleIn(log)
  const last = log?.trimEnd().split('\n').at(-1)
  if (last === undefined) return diagnosis
  const { evidence } = diagnosis
  if (trouble === undefined)
    return { ...diagnosis, evidence: [...evidence, `its log ends with: ${cleaned(last, 300)}`] }
  const { words, line } = trouble
  const around = networkAdvice(container, words, related)
  return {
    ...diagnosis,
    summary: `${diagnosis.summary}, and its log says that ${words.text}`,
    evidence: [...evidence, `its log: ${cleaned(line, 500)}`, ...(around?.evidence ?? [])],
    remedy: around?.remedy ?? words.remedy,
  }
}
