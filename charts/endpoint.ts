import { Construct } from 'constructs'
import { failure } from '../src/problem/index.ts'
import {
  completeEndpoint,
  type Endpoint as EffectiveEndpoint,
  type EndpointDocument,
} from '../src/spec/index.ts'
import { addObjects } from './endpoint-chart.ts'
import { objectsOf } from './objects.ts'

export interface EndpointProps {
  /** A document as in endpoints/*.yaml, which gets the built-in defaults; or one with all its layers merged. */
  readonly endpoint: EndpointDocument | EffectiveEndpoint
  /** For the label app.kubernetes.io/part-of. */
  readonly project?: string
  /** Where the document names none; `default` when left out. */
  readonly namespace?: string
  /** KServe in the cluster; spells the deployment mode. */
  readonly kserveVersion?: string
}

/**
 * An endpoint as a cdk8s construct: the same objects that `slipway render` prints, without the label of the
 * set. Throws SlipwayError for an invalid document, and for one with patches: in cdk8s,
 * `ApiObject.addJsonPatch` does that.
 */
export class Endpoint extends Construct {
  constructor(scope: Construct, id: string, props: EndpointProps) {
    super(scope, id)
    const endpoint = effective(props)
    refusePatches(endpoint)
    addObjects(this, objectsOf({ endpoint, project: props.project }))
  }
}

function effective({ endpoint, namespace, kserveVersion }: EndpointProps): EffectiveEndpoint {
  if (!('apiVersion' in endpoint)) return endpoint
  return completeEndpoint(endpoint, {
    ...(namespace === undefined ? {} : { namespace }),
    ...(kserveVersion === undefined ? {} : { kserveVersion }),
  })
}

/** Patches are applied after synthesis, by `src/render`: here they would be lost in silence. */
function refusePatches({ name, spec }: EffectiveEndpoint): void {
  if (spec.patches === undefined || spec.patches.length === 0) return
  throw failure('patch', `The construct of ${name} takes no patches.`, {
    endpoint: name,
    remedy: 'Use ApiObject.addJsonPatch of cdk8s, or `slipway render`.',
  })
}
