import type { Kind } from './kind.ts'

export const NAMESPACE: Kind = {
  apiVersion: 'v1',
  kind: 'Namespace',
  wave: 'namespace',
  holdsData: true,
}
