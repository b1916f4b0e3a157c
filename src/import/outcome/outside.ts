import { kindOf } from '../../kinds/index.ts'
import { formatRef, refOf, type KubeObject } from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import { listOf } from '../../words/index.ts'
import { servicesOf } from '../around/services.ts'
import type { LiveEndpoint } from '../live.ts'
import { triggerTypesOf } from '../scaling/queue.ts'
import { isScaling } from '../scaling/scaled.ts'

/** What scales a workload or leads to it, and stays where it is: warnings that say why it is not in the spec. What a controller made is its own. */
export function outsideOf({ workload, related, others = [] }: LiveEndpoint): Problem[] {
  const services = servicesOf(workload, [...related, ...others]).map(
    ({ metadata }) => metadata.name,
  )
  return others.flatMap(object => {
    if ((object.metadata.ownerReferences ?? []).length > 0) return []
    if (isScaling(object, workload)) return [scaler(object, workload)]
    const { route } = kindOf(object)
    const led = (route?.backends(object) ?? []).map(({ name }) => name)
    return led.some(name => services.includes(name)) ? [leading(object, led)] : []
  })
}

function scaler(object: KubeObject, { metadata: { name } }: KubeObject): Problem {
  const types = triggerTypesOf(object)
  const by = types.length === 0 ? '' : ` by ${listOf(types)}`
  return problemOf(object, {
    says: `scales ${name}${by}`,
    cause:
      'The spec cannot say it as it is: it goes on to decide the number of replicas, and the spec says none.',
  })
}

function leading(object: KubeObject, led: readonly string[]): Problem {
  const names = [...new Set(led)]
  const [first = ''] = names
  const shares = kindOf(object).route?.shares?.(object) ?? []
  if (shares.length < 2) {
    return problemOf(object, {
      says: `leads to ${listOf(names)}`,
      cause:
        'The spec has no field for one that leads elsewhere, too, has no host, or is the second of its kind.',
    })
  }
  const parts = shares.map(({ name, percent }) => `${percent} % to ${name}`)
  return problemOf(object, {
    says: `shares out the requests of ${first}: ${parts.join(', ')}`,
    cause:
      'A canary of a spec has pods of names and labels that slipway gives, so this one cannot become one as it is.',
  })
}

function problemOf(object: KubeObject, { says, cause }: { says: string; cause: string }): Problem {
  const ref = formatRef(refOf(object))
  return {
    code: 'not-imported',
    severity: 'warning',
    object: ref,
    message: `${ref} ${says}, and stays outside the set`,
    cause,
    remedy:
      'Leave it to what applies it now, or write it beside the endpoint as an object of your own.',
  }
}
