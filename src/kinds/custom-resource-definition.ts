import type { Kind } from './kind.ts'

/** Its objects go with it. */
export const CUSTOM_RESOURCE_DEFINITION: Kind = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  wave: 'configuration',
  holdsData: true,
}
