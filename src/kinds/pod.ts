import type { Kind } from './kind.ts'

export const POD: Kind = { apiVersion: 'v1', kind: 'Pod', wave: 'configuration' }
