import type { Bundle } from '../../doctor/index.ts'
import { POD, isOf } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import {
  conditionsOf,
  containersOf,
  exitText,
  lastEnd,
  phaseOf,
  type PodContainer,
} from '../../status/index.ts'
import { cleanLine } from '../clean.ts'
import { formatTable } from '../text/table.ts'

/** What `kubectl describe` would show of an endpoint's objects, as far as it matters: conditions, pods, containers. */
export function digestLines({ objects, status, unseen }: Bundle): string[] {
  const pods = objects.filter(object => isOf(object, POD))
  const others = objects.filter(object => !pods.includes(object))
  return [
    `state: ${status.state}: ${cleanLine(status.message)}`,
    ...others.flatMap(objectLines),
    ...pods.flatMap(podLines),
    ...unseen.map(text => `not seen: ${text}`),
  ].map(cleanIndented)
}

/** What a container is waiting for is as foreign as a message. */
function cleanIndented(line: string): string {
  const [indent = ''] = /^ */.exec(line) ?? []
  return `${indent}${cleanLine(line)}`
}

/** One line for each event. */
export function eventLines({ events }: Bundle): string[] {
  return formatTable(
    events.map(({ time, type, reason, object, count, message }) => [
      time,
      cleanLine(type),
      cleanLine(reason),
      cleanLine(object),
      `${count > 1 ? `(${count}×) ` : ''}${cleanLine(message)}`,
    ]),
  )
}

function objectLines(object: KubeObject): string[] {
  const { generation, deletionTimestamp, finalizers = [] } = object.metadata
  const facts = [
    ...(generation === undefined ? [] : [`generation ${generation}`]),
    ...(deletionTimestamp === undefined ? [] : [`being deleted since ${deletionTimestamp}`]),
    ...(finalizers.length === 0 ? [] : [`finalizers ${finalizers.join(', ')}`]),
  ]
  const name = `${object.kind}/${object.metadata.name}`
  return [`${name}${facts.length === 0 ? '' : `: ${facts.join('; ')}`}`, ...conditionLines(object)]
}

function conditionLines(object: KubeObject): string[] {
  return conditionsOf(object).map(({ type, status, reason, message }) => {
    const why = [reason, message].filter(text => text !== undefined && text !== '').join(': ')
    return `  ${type}=${status}${why === '' ? '' : ` ${cleanLine(why)}`}`
  })
}

function podLines(pod: KubeObject): string[] {
  const { phase, since } = phaseOf(pod)
  const { nodeName } = (pod['spec'] ?? {}) as { nodeName?: string }
  const where = nodeName === undefined ? 'on no node' : `on ${nodeName}`
  return [
    `Pod/${pod.metadata.name}: ${phase}${since === undefined ? '' : ` since ${since}`}, ${where}`,
    ...conditionLines(pod).filter(line => !line.includes('=True')),
    ...containersOf(pod).map(containerLine),
  ]
}

function containerLine(container: PodContainer): string {
  const { name, isInit, spec, status } = container
  const { waiting, running } = status.state ?? {}
  const end = lastEnd(container)
  const facts = [
    spec.image ?? '',
    waiting && `waiting: ${[waiting.reason, waiting.message].filter(Boolean).join(': ')}`,
    running && `running since ${running.startedAt ?? ''}`,
    end && `ended with ${exitText(end)}`,
    status.restartCount ? `${status.restartCount} restarts` : '',
  ]
  const text = facts.filter(fact => fact !== undefined && fact !== '').join('; ')
  return `  ${isInit ? 'init container' : 'container'} ${name}: ${cleanLine(text)}`
}
