import { groupOf } from '../object/index.ts'
import type { Type } from './kind.ts'

/** Kinds that hold configuration of a proxy as it is, or code for it: of Istio, Envoy Gateway, NGINX Gateway Fabric and Emissary. */
const CONFIGURING: Record<string, readonly string[]> = {
  'networking.istio.io': ['EnvoyFilter'],
  'extensions.istio.io': ['WasmPlugin'],
  'gateway.envoyproxy.io': ['EnvoyExtensionPolicy', 'EnvoyPatchPolicy'],
  'gateway.nginx.org': ['SnippetsFilter', 'SnippetsPolicy'],
  'getambassador.io': ['Module'],
}

/** Whether objects of a kind configure a proxy in its own words. */
export function configuresProxy({ apiVersion, kind }: Type): boolean {
  return CONFIGURING[groupOf(apiVersion)]?.includes(kind) === true
}
