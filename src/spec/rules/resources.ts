import { quantityOf } from '../../object/index.ts'
import type { Endpoint } from '../set.ts'
import { contradiction, type Rule } from './rule.ts'

const BOUNDED = ['cpu', 'memory', 'ephemeralStorage'] as const

/** As the API server would say, later and about a rendered object. */
export const requestWithinLimit: Rule = endpoint =>
  BOUNDED.flatMap(resource => {
    const { request, limit } = endpoint.spec.resources[resource] ?? {}
    if (request === undefined || limit === undefined) return []
    if (valueOf(request) <= valueOf(limit)) return []
    return contradiction(
      `spec.resources.${resource}.request`,
      `spec.resources.${resource}.request (${request}) is more than its limit (${limit})`,
      'Raise the limit or lower the request.',
    )
  })

const MEBIBYTE = 2 ** 20

/** `memory: 512` is 512 bytes and `512m` half a byte; both are written for 512Mi. */
export const plausibleMemory: Rule = endpoint =>
  memoryFields(endpoint).flatMap(([path, quantity]) => {
    if (valueOf(quantity) === 0 || valueOf(quantity) >= MEBIBYTE) return []
    const meant = `${Number.parseInt(quantity, 10)}Mi`
    return {
      code: 'bad-value',
      path,
      message: `${path} is ${quantity}, which is less than 1Mi`,
      remedy: `Did you mean ${meant}?`,
    }
  })

/** The schema has seen to it that it is a quantity. */
function valueOf(quantity: string): number {
  return quantityOf(quantity) ?? 0
}

/** Request and limit that are alike are one field of the spec: named once. */
function memoryFields({ spec }: Endpoint): [path: string, quantity: string][] {
  const { memory, gpuMemory } = spec.resources
  const { request, limit } = memory ?? {}
  const fields: [string, string | false | undefined][] = [
    ['spec.resources.memory', request === limit ? limit : undefined],
    ['spec.resources.memory.request', request === limit ? undefined : request],
    ['spec.resources.memory.limit', request === limit ? undefined : limit],
    ['spec.resources.gpuMemory', gpuMemory],
    ['spec.sharedMemory', spec.sharedMemory],
  ]
  return fields.filter((field): field is [string, string] => typeof field[1] === 'string')
}

/** Policy missingRequests: without requests the scheduler places pods blindly and evicts them first. */
export const namesRequests: Rule = (endpoint, { policies }) => {
  if (endpoint.spec.runtime === 'external') return []
  const missing = (['cpu', 'memory'] as const).filter(
    resource => endpoint.spec.resources[resource]?.request === undefined,
  )
  if (missing.length === 0) return []
  return {
    level: policies.missingRequests,
    code: 'policy',
    rule: 'policy-missing-requests',
    path: 'spec.resources',
    message: `${endpoint.name} requests no ${missing.join(' and no ')}`,
    cause: 'Without requests a pod is placed blindly and is the first to be evicted.',
    remedy: `Set ${missing.map(resource => `spec.resources.${resource}`).join(' and ')}.`,
  }
}
