import type { Endpoint } from '../set.ts'
import { isServerless } from '../traits.ts'
import type { Finding, Rule } from './rule.ts'

/** Somebody can bring the model to /mnt/models only from a place that is known, and where this runtime lets him. */
export const modelCanBeFetched: Rule = endpoint => {
  const fault = endpoint.spec.runtime === 'external' ? undefined : faultOf(endpoint)
  return fault && { code: 'contradiction', path: 'spec.model.fetch', ...fault }
}

function faultOf({ spec }: Endpoint): Pick<Finding, 'message' | 'remedy'> | undefined {
  const { uri, fetch } = spec.model ?? {}
  if (fetch === undefined) return undefined
  if (uri === undefined) {
    return {
      message: 'spec.model.fetch is given, but there is no spec.model.uri',
      remedy: 'Set spec.model.uri, or spec.model.ref to an entry with a uri.',
    }
  }
  if (uri.startsWith('pvc://')) {
    return {
      message: `spec.model.fetch is given, but ${uri} is mounted and not fetched`,
      remedy: 'Leave fetch out.',
    }
  }
  if (fetch === 'kserve' && spec.runtime !== 'kserve') {
    return {
      message: `spec.model.fetch is kserve, but the runtime is ${spec.runtime}`,
      remedy: 'Use "fetch: {image: …}", which works in both runtimes.',
    }
  }
  // KServe fetches a model with a format itself, whoever does it in a Deployment.
  if (spec.model?.format !== undefined) return undefined
  if (fetch === 'kserve' || fetch === 'image' || !isServerless({ spec })) return undefined
  return {
    message: 'spec.model.fetch names an image, but Knative runs no init containers of ours',
    remedy: 'Use "fetch: kserve".',
  }
}
