import { DEPLOYMENT, SERVICE, SUFFIXED, isOf } from '../../kinds/index.ts'
import {
  canaryServiceName,
  slotNames,
  type KubeObject,
  type ObjectRef,
} from '../../object/index.ts'
import { endpointNameOf } from '../canary/slots.ts'

/** Objects beside a workload that slipway would write under these names, those of a candidate too. */
export function relatedRefs(workload: KubeObject): ObjectRef[] {
  const { namespace = '' } = workload.metadata
  const endpoint = endpointNameOf(workload)
  const others = SUFFIXED.map(({ suffix, ...type }) => ({ ...type, name: `${endpoint}${suffix}` }))
  const refs = [...others, ...candidatesOf(workload, endpoint)]
  return refs.map(({ apiVersion, kind, name }) => ({ apiVersion, kind, namespace, name }))
}

function candidatesOf(workload: KubeObject, endpoint: string) {
  if (!isOf(workload, DEPLOYMENT)) return []
  const names = slotNames(endpoint).filter(name => name !== workload.metadata.name)
  return [
    ...names.map(name => ({ ...DEPLOYMENT, name })),
    { ...SERVICE, name: canaryServiceName(endpoint) },
  ]
}
