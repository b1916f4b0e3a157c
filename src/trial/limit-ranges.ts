import { limitsOf, POD, type Limit } from '../kinds/index.ts'
import { quantityOf, type KubeObject } from '../object/index.ts'

type Amounts = Record<string, unknown>

/** What a LimitRange looks at in a pod. */
export interface LimitedPod {
  containers?: LimitedContainer[]
  initContainers?: LimitedContainer[]
}

interface LimitedContainer {
  name?: string
  resources?: { requests?: Amounts; limits?: Amounts }
  restartPolicy?: string
}

/** What a LimitRange refuses in a pod, and where the value came from. */
export interface LimitFault {
  /** Name of the LimitRange. */
  range: string
  /** `container server: memory limit 32Gi is above the maximum 16Gi` */
  text: string
  /** `32Gi is the default of LimitRange team-limits`; absent where the pod says it itself. */
  origin?: string
  /** `memory` */
  resource: string
}

interface Value {
  text: string
  amount: number
  origin?: string
  /** Whose default it is. */
  range?: string
}

/** Requests and limits of one container, as admission completes them. */
interface Completed {
  name: string
  requests: Map<string, Value>
  limits: Map<string, Value>
}

/**
 * What the LimitRanges of a namespace have against a pod, with their own defaults filled in, by the rules of the admission plugin:
 * plugin/pkg/admission/limitranger/admission.go. Limits of type Pod are for the sums, without init containers that end.
 */
export function limitFaults(pod: LimitedPod, ranges: readonly KubeObject[]): LimitFault[] {
  const all = [...(pod.containers ?? []), ...(pod.initContainers ?? [])]
  const containers = all.map(each => completed(each, ranges))
  const staying = all.map(({ restartPolicy }, index) => {
    const isInit = index >= (pod.containers ?? []).length
    return isInit && restartPolicy !== 'Always' ? undefined : containers[index]
  })
  const whole = sumOf(staying.filter(each => each !== undefined))
  const crossed = containers.flatMap(belowRequest)
  const refused = ranges.flatMap(range =>
    limitsOf(range).flatMap(limit => {
      const subjects =
        limit.type === 'Container' ? containers : limit.type === POD.kind ? [whole] : []
      return subjects.flatMap(subject =>
        faultsOf(limit, subject).map(fault => ({ range: range.metadata.name, ...fault })),
      )
    }),
  )
  return [...refused, ...crossed]
}

/** A default that comes in below the request makes the pod invalid, whatever the range allows: pkg/apis/core/validation/validation.go. */
function belowRequest({ name, requests, limits }: Completed): LimitFault[] {
  return [...limits].flatMap(([resource, limit]) => {
    const request = requests.get(resource)
    const { range, amount } = limit
    if (range === undefined || request === undefined || amount >= request.amount) return []
    const bound = `below the request ${request.text}`
    return [{ range, ...faultOf(name, resource, ['limit', limit], bound) }]
  })
}

/** A request that is not said is the limit's, before any default. */
function completed(
  { name = '', resources = {} }: LimitedContainer,
  ranges: readonly KubeObject[],
): Completed {
  const limits = valuesOf(resources.limits)
  const requests = new Map([...limits, ...valuesOf(resources.requests)])
  for (const range of ranges)
    for (const limit of limitsOf(range, 'Container')) {
      fill(limits, limit.default, { key: 'default', range: range.metadata.name })
      fill(requests, limit.defaultRequest, { key: 'defaultRequest', range: range.metadata.name })
    }
  return { name: `container ${name}`, requests, limits }
}

function valuesOf(amounts: Amounts = {}): Map<string, Value> {
  return new Map(Object.entries(amounts).map(([name, value]) => [name, valueOf(value)]))
}

function valueOf(value: unknown): Value {
  return { text: String(value), amount: quantityOf(value) ?? Number.NaN }
}

interface Default {
  key: 'default' | 'defaultRequest'
  range: string
}

function fill(values: Map<string, Value>, defaults: Amounts = {}, { key, range }: Default): void {
  const origin = `the ${key} of LimitRange ${range}`
  for (const [name, value] of Object.entries(defaults))
    if (!values.has(name)) values.set(name, { ...valueOf(value), origin, range })
}

function sumOf(containers: readonly Completed[]): Completed {
  const sum = (side: 'requests' | 'limits') => {
    const total = new Map<string, Value>()
    for (const each of containers)
      for (const [name, { text, amount, origin }] of each[side]) {
        const known = total.get(name)
        const from = known?.origin ?? origin
        total.set(name, {
          text: known === undefined ? text : `${known.text} + ${text}`,
          amount: (known?.amount ?? 0) + amount,
          ...(from !== undefined && { origin: from }),
        })
      }
    return total
  }
  return { name: 'pod', requests: sum('requests'), limits: sum('limits') }
}

type Fault = Omit<LimitFault, 'range'>

function faultsOf(limit: Limit, subject: Completed): Fault[] {
  return [
    ...Object.entries(limit.min ?? {}).flatMap(([name, least]) => below(subject, name, least)),
    ...Object.entries(limit.max ?? {}).flatMap(([name, most]) => above(subject, name, most)),
    ...Object.entries(limit.maxLimitRequestRatio ?? {}).flatMap(([name, ratio]) =>
      apart(subject, name, ratio),
    ),
  ]
}

function below({ name, requests, limits }: Completed, resource: string, least: unknown): Fault[] {
  const bound = valueOf(least)
  const [request, limit] = [requests.get(resource), limits.get(resource)]
  if (request === undefined)
    return [{ resource, text: `${name}: no ${resource} request, and the minimum is ${bound.text}` }]
  const low = [
    ['request', request] as const,
    ...(limit === undefined ? [] : [['limit', limit] as const]),
  ].find(([, value]) => value.amount < bound.amount)
  return low === undefined ? [] : [faultOf(name, resource, low, `below the minimum ${bound.text}`)]
}

function above({ name, requests, limits }: Completed, resource: string, most: unknown): Fault[] {
  const bound = valueOf(most)
  const [request, limit] = [requests.get(resource), limits.get(resource)]
  if (limit === undefined)
    return [{ resource, text: `${name}: no ${resource} limit, and the maximum is ${bound.text}` }]
  const high = [
    ['limit', limit] as const,
    ...(request === undefined ? [] : [['request', request] as const]),
  ].find(([, value]) => value.amount > bound.amount)
  return high === undefined
    ? []
    : [faultOf(name, resource, high, `above the maximum ${bound.text}`)]
}

function apart({ name, requests, limits }: Completed, resource: string, ratio: unknown): Fault[] {
  const bound = valueOf(ratio)
  const [request, limit] = [requests.get(resource), limits.get(resource)]
  if (!request?.amount || !limit?.amount)
    return [
      {
        resource,
        text: `${name}: ${resource} has no ${request?.amount ? 'limit' : 'request'}, and limit to request may be ${bound.text} at most`,
      },
    ]
  if (limit.amount / request.amount <= bound.amount) return []
  const origin = limit.origin ?? request.origin
  return [
    {
      resource,
      text: `${name}: ${resource} limit ${limit.text} is more than ${bound.text} times the request ${request.text}`,
      ...(origin !== undefined && { origin: originText([limit, request]) }),
    },
  ]
}

function faultOf(
  name: string,
  resource: string,
  [side, value]: readonly [string, Value],
  bound: string,
): Fault {
  return {
    resource,
    text: `${name}: ${resource} ${side} ${value.text} is ${bound}`,
    ...(value.origin !== undefined && { origin: originText([value]) }),
  }
}

function originText(values: readonly Value[]): string {
  return values
    .flatMap(({ text, origin }) => (origin === undefined ? [] : `${text} is ${origin}`))
    .join(', ')
}
