import { at } from '../object/index.ts'
import type { Kind } from './kind.ts'
import { provided } from './provided.ts'

/** Of Sealed Secrets, which decrypts it into a Secret of its name (https://github.com/bitnami-labs/sealed-secrets). */
export const SEALED_SECRET: Kind = {
  apiVersion: 'bitnami.com/v1alpha1',
  kind: 'SealedSecret',
  wave: 'configuration',
  provides: sealed =>
    provided('Secret', at(sealed, 'spec', 'template', 'metadata', 'name') ?? sealed.metadata.name),
}
