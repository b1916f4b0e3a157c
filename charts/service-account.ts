import type { Blueprint } from './blueprint.ts'
import { metadataOf } from './labels.ts'
import { serviceAccountOf } from './pod.ts'

/** Only where `serviceAccount.create` asks for it; a named one is otherwise taken to exist. */
export function serviceAccount(blueprint: Blueprint) {
  const account = blueprint.endpoint.spec.serviceAccount
  const name = serviceAccountOf(blueprint)
  if (account === undefined || name === undefined || !('create' in account) || !account.create) {
    return undefined
  }
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadataOf(blueprint, name, account.annotations),
  }
}
