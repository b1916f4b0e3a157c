import { problemAt } from './rule.ts'
import type { Rule } from './rule.ts'

/** `<name>-ingress`, the longest name made from it, keeps within the 63 characters of a DNS label. */
const MAX_NAME = 63 - '-ingress'.length

/** A Service's name is a DNS label of RFC 1035: it starts with a letter. */
export const nameFitsObjects: Rule = endpoint => {
  const { name, spec } = endpoint
  const isServiceNamed = spec.service === false || spec.service.name !== undefined
  if (!isServiceNamed && !/^[a-z]/.test(name)) {
    return [
      problemAt(endpoint, {
        code: 'bad-value',
        path: 'metadata.name',
        message: `the name "${name}" starts with a digit, which its Service ${name}-svc must not`,
        remedy: 'Start the name with a letter.',
      }),
    ]
  }
  const longest = isServiceNamed && !spec.ingress ? 63 : MAX_NAME
  if (spec.runtime === 'kserve' || name.length <= longest) return []
  return [
    problemAt(endpoint, {
      code: 'bad-value',
      path: 'metadata.name',
      message: `the name has ${name.length} characters; with -ingress added it must not exceed 63`,
      remedy: `Use at most ${MAX_NAME} characters.`,
    }),
  ]
}

/** Longer names pass KServe's webhook and then fail in its reconcile (K10). */
const MAX_KSERVE_NAME = 48
const MAX_KSERVE_HOST = 63

export const nameFitsKserve: Rule = endpoint => {
  const { name, namespace, spec } = endpoint
  if (spec.runtime !== 'kserve') return []
  if (name.length > MAX_KSERVE_NAME) {
    return [
      problemAt(endpoint, {
        code: 'bad-value',
        path: 'metadata.name',
        message: `the name has ${name.length} characters; under KServe it may have ${MAX_KSERVE_NAME}`,
        cause: 'KServe makes labels such as isvc.<name>-predictor from it.',
        remedy: 'Shorten the name, or use runtime deployment.',
      }),
    ]
  }
  const host = `${name}-predictor-${namespace}`
  if (host.length <= MAX_KSERVE_HOST) return []
  return [
    problemAt(endpoint, {
      code: 'bad-value',
      path: 'metadata.name',
      message: `KServe's host name ${host} has ${host.length} characters; it may have ${MAX_KSERVE_HOST}`,
      remedy: 'Shorten the name or the namespace, or use runtime deployment.',
    }),
  ]
}
