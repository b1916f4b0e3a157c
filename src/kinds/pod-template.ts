import type { PodsOf } from './kind.ts'

/** Of kinds with a template like a Deployment's. */
export const POD_TEMPLATE = {
  spec: ['spec', 'template', 'spec'],
  metadata: ['spec', 'template', 'metadata'],
  replicas: ['spec', 'replicas'],
  strategy: ['spec', 'strategy'],
} as const satisfies PodsOf

/** Where a new template replaces the pods of the one before. */
export function isOfTemplate(path: string): boolean {
  return path.startsWith('spec.template')
}
