import { canaryServiceName } from '../../object/index.ts'
import type { Endpoint } from '../set.ts'
import type { Finding, Rule } from './rule.ts'

/** `<name>-ingress`, the longest name made from it, keeps within the 63 characters of a DNS label. */
const MAX_NAME = 63 - '-ingress'.length

/** A Service's name is a DNS label of RFC 1035: it starts with a letter. */
export const nameFitsObjects: Rule = endpoint => {
  const { name, spec } = endpoint
  const isServiceNamed = spec.service === false || spec.service.name !== undefined
  if (name.includes('.')) return withDot(endpoint, isServiceNamed)
  if (!isServiceNamed && !/^[a-z]/.test(name)) {
    return {
      code: 'bad-value',
      path: 'metadata.name',
      message: `the name "${name}" starts with a digit, which its Service ${name}-svc must not`,
      remedy: 'Start the name with a letter.',
    }
  }
  const longest = isServiceNamed && !spec.ingress ? 63 : MAX_NAME
  if (spec.runtime === 'kserve' || name.length <= longest) return []
  return {
    code: 'bad-value',
    path: 'metadata.name',
    message: `the name has ${name.length} characters; with -ingress added it must not exceed 63`,
    remedy: `Use at most ${MAX_NAME} characters.`,
  }
}

/** A Deployment's name may have dots, as its pods' names may; a Service's may not, nor an InferenceService's. */
function withDot(endpoint: Endpoint, isServiceNamed: boolean): Finding | undefined {
  const { name, spec } = endpoint
  const fault =
    spec.runtime === 'kserve'
      ? {
          whose: 'an InferenceService',
          remedy: 'Write "-" in its place, or use runtime deployment.',
        }
      : spec.runtime === 'external' || !isServiceNamed
        ? {
            whose: `its Service ${name}-svc`,
            remedy: 'Write "-" in its place, or name the Service: "spec.service.name".',
          }
        : spec.canary === undefined
          ? undefined
          : {
              whose: `the Service of its canary, ${canaryServiceName(name)},`,
              remedy: 'Write "-" in its place, or leave canary out.',
            }
  if (fault === undefined) return undefined
  return {
    code: 'bad-value',
    path: 'metadata.name',
    message: `the name "${name}" has a ".", which ${fault.whose} must not have`,
    remedy: fault.remedy,
  }
}

/** Longer names pass KServe's webhook and then fail in its reconcile (K10). */
const MAX_KSERVE_NAME = 48
const MAX_KSERVE_HOST = 63

export const nameFitsKserve: Rule = endpoint => {
  const { name, namespace, spec } = endpoint
  if (spec.runtime !== 'kserve' || name.includes('.')) return []
  if (name.length > MAX_KSERVE_NAME) {
    return {
      code: 'bad-value',
      path: 'metadata.name',
      message: `the name has ${name.length} characters; under KServe it may have ${MAX_KSERVE_NAME}`,
      cause: 'KServe makes labels such as isvc.<name>-predictor from it.',
      remedy: 'Shorten the name, or use runtime deployment.',
    }
  }
  const host = `${name}-predictor-${namespace}`
  if (host.length <= MAX_KSERVE_HOST) return []
  return {
    code: 'bad-value',
    path: 'metadata.name',
    message: `KServe's host name ${host} has ${host.length} characters; it may have ${MAX_KSERVE_HOST}`,
    remedy: 'Shorten the name or the namespace, or use runtime deployment.',
  }
}
