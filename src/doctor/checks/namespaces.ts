import { ifAllowed, namespacesOf } from '../finding.ts'
import type { Check, Finding, Patient } from '../finding.ts'

export const namespaces: Check = patient =>
  Promise.all(namespacesOf(patient).map(name => look(patient, name)))

async function look({ cluster, set }: Patient, name: string): Promise<Finding> {
  const check = `namespace ${name}`
  const reading = cluster.get({ apiVersion: 'v1', kind: 'Namespace', name })
  const found = await ifAllowed(reading.then(object => ({ object })))
  if (found === undefined)
    return { check, state: 'unseen', message: 'no permission to read namespaces' }
  if (found.object?.metadata.deletionTimestamp !== undefined)
    return {
      check,
      state: 'missing',
      message: 'is being deleted',
      remedy: `See what holds it: kubectl get namespace ${name} -o yaml (status.conditions).`,
    }
  if (found.object !== undefined) return { check, state: 'ok', message: 'is there' }
  if (set.environment.createNamespace)
    return { check, state: 'ok', message: 'is not there; apply will create it' }
  return {
    check,
    state: 'missing',
    message: 'does not exist',
    remedy: `Create it (kubectl create namespace ${name}), or set createNamespace: true in the environment.`,
  }
}
