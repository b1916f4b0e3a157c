import { argumentValue, limitSettings, type LimitSetting } from '../catalogue/limits.ts'
import type { Endpoint } from '../set.ts'
import type { Finding, Rule } from './rule.ts'

/** A limit must reach the image, once. */
export const limitsReachImage: Rule = (endpoint, { catalogues: { images } }) => {
  if (endpoint.spec.runtime === 'external') return []
  return limitSettings(images, endpoint.spec).map(setting => findingOf(setting, endpoint))
}

function findingOf(
  { limit, value, setting }: LimitSetting,
  { spec }: Endpoint,
): Finding | undefined {
  if (setting === undefined) {
    return {
      code: 'catalogue',
      level: 'warn',
      path: `spec.limits.${limit}`,
      message: `spec.limits.${limit} has no effect: images.yaml does not say how to pass it to "${spec.serves}"`,
      remedy: `Add limits.${limit} with {env} or {arg} to "${spec.serves}" there.`,
    }
  }
  const [path, said] =
    'env' in setting
      ? [`spec.env.${setting.env}`, variableText(spec.env?.[setting.env])]
      : ['spec.args', argumentValue(spec.args ?? [], setting.arg)]
  if (said === undefined || said === value) return undefined
  return {
    code: 'contradiction',
    path,
    message: `${path} says ${said} where spec.limits.${limit} says ${value}`,
    remedy: 'Keep the limit, and remove the other.',
  }
}

function variableText(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  return 'something else'
}
