import type { EndpointStatus } from '../../status/index.ts'
import { plural } from '../../words/index.ts'
import { cleanLine } from '../clean.ts'
import type { Paint } from './style.ts'

/** `iris: predictor 1 of 1 pod ready, transformer 0 of 2 pods ready` */
export function componentLines(
  { endpoint, components = [] }: EndpointStatus,
  paint: Paint,
): string[] {
  if (components.length === 0) return []
  const words = components.map(({ name, replicas: { ready, desired } }) =>
    cleanLine(`${name} ${ready} of ${plural(desired, 'pod')} ready`),
  )
  return [`${paint('bold', cleanLine(endpoint))}: ${words.join(', ')}`]
}
