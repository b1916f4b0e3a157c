import { about, looked, namespacesOf, type Check, type Finding, type Patient } from '../finding.ts'

export const namespaces: Check = patient =>
  Promise.all(namespacesOf(patient).map(name => look(patient, name)))

async function look({ cluster, set }: Patient, name: string): Promise<Finding> {
  const say = about(`namespace ${name}`)
  const found = await looked(cluster, { apiVersion: 'v1', kind: 'Namespace', name })
  if (found === undefined) return say.unseen('no permission to read namespaces')
  if (found.object?.metadata.deletionTimestamp !== undefined)
    return say.missing(
      'is being deleted',
      `See what holds it: kubectl get namespace ${name} -o yaml (status.conditions).`,
    )
  if (found.object !== undefined) return say.ok('is there')
  if (set.environment.createNamespace) return say.ok('is not there; apply will create it')
  return say.missing(
    'does not exist',
    `Create it (kubectl create namespace ${name}), or set createNamespace: true in the environment.`,
  )
}
