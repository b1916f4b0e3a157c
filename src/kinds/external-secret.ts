import { at, type KubeObject } from '../object/index.ts'
import type { Kind, Provided } from './kind.ts'
import { provided } from './provided.ts'

/** Of the External Secrets Operator (https://external-secrets.io/latest/api/externalsecret/). */
export const EXTERNAL_SECRET: Kind = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  wave: 'configuration',
  atomic: ['data', 'dataFrom'],
  provides: secretOf,
}

/** With the policies Merge and None somebody else makes the Secret. */
function secretOf(external: KubeObject): Provided[] {
  const target = at(external, 'spec', 'target')
  if (['Merge', 'None'].includes(String(at(target, 'creationPolicy')))) return []
  if (at(target, 'manifest') !== undefined) return []
  return provided('Secret', at(target, 'name') ?? external.metadata.name)
}
