import { adapterSetting, adapterWords, type AdapterSetting } from '../../catalogue/adapters.ts'
import type { Endpoint } from '../../set.ts'
import type { Finding, Rule } from '../rule.ts'

/** Adapters are told to the server as images.yaml says, and by nobody else. */
export const adaptersReachImage: Rule = (endpoint, { catalogues: { images } }) => {
  const { runtime, adapters = [] } = endpoint.spec
  if (runtime === 'external' || adapters.length === 0) return []
  const setting = adapterSetting(images, endpoint.spec)
  return setting === undefined ? untold(endpoint) : saidTwice(endpoint, setting)
}

function untold({ spec }: Endpoint): Finding {
  return {
    code: 'catalogue',
    level: 'warn',
    path: 'spec.adapters',
    message: `spec.adapters are mounted, but images.yaml does not say how to pass them to "${spec.serves}"`,
    remedy: `Add adapters with {env} or {arg} to "${spec.serves}" there, or name them in spec.args.`,
  }
}

function saidTwice(endpoint: Endpoint, setting: AdapterSetting): Finding | undefined {
  const { spec } = endpoint
  const words = adapterWords(spec)
  const name = 'env' in setting ? setting.env : setting.arg
  const isTold =
    'env' in setting
      ? spec.env?.[name] === words.join(',')
      : follow(spec.args ?? [], [name, ...words])
  if (isTold) return undefined
  const path = 'env' in setting ? `spec.env.${name}` : 'spec.args'
  return {
    code: 'contradiction',
    path,
    message: `${path} names adapters itself${'env' in setting ? '' : ` (${name})`}, and spec.adapters names them, too`,
    remedy: 'Keep spec.adapters, and remove the other.',
  }
}

function follow(args: readonly string[], wanted: readonly string[]): boolean {
  const start = args.indexOf(wanted[0] ?? '')
  return start >= 0 && wanted.every((word, index) => args[start + index] === word)
}
