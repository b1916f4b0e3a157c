import type { Endpoint } from '../src/spec/index.ts'
import type { PreStop } from './plain.ts'

/**
 * What runs before SIGTERM (T2). The default sleep keeps the server answering while load balancers take
 * the pod out; the native action needs no shell in the image.
 */
export function lifecycleOf({ spec }: Endpoint): { preStop: PreStop } | undefined {
  const { preStop } = spec.shutdown
  if (preStop === false) return undefined
  if ('http' in preStop) return { preStop: { httpGet: { path: preStop.http, port: spec.port } } }
  if ('exec' in preStop) return { preStop: { exec: { command: preStop.exec } } }
  return preStop.sleep === 0 ? undefined : { preStop: { sleep: { seconds: preStop.sleep } } }
}
