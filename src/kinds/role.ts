import { at, entries, type JsonMap } from '../object/index.ts'
import type { Kind } from './kind.ts'

export const ROLE: Kind = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  wave: 'configuration',
  isLeaf: () => true,
  isReadyWhenStored: true,
  parts: role => entries(at(role, 'rules')).map(ruleOf),
}

function ruleOf({ verbs, resources }: JsonMap): string {
  return `right to ${[verbs].flat().join(', ')} ${[resources].flat().join(', ')}`
}
