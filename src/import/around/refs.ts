import { SUFFIXED } from '../../kinds/index.ts'
import type { KubeObject, ObjectRef } from '../../object/index.ts'

/** Objects beside a workload that slipway would write under these names. */
export function relatedRefs({ metadata: { name, namespace = '' } }: KubeObject): ObjectRef[] {
  return SUFFIXED.map(({ apiVersion, kind, suffix }) => ({
    apiVersion,
    kind,
    namespace,
    name: `${name}${suffix}`,
  }))
}
