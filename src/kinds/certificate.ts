import { at } from '../object/index.ts'
import type { Kind } from './kind.ts'
import { provided } from './provided.ts'

/** Of cert-manager, which keeps the certificate in a Secret (https://cert-manager.io/docs/usage/certificate/). */
export const CERTIFICATE: Kind = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  wave: 'configuration',
  provides: certificate => provided('Secret', at(certificate, 'spec', 'secretName')),
}
