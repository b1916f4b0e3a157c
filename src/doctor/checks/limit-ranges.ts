import { faultsOfObject, limitFaultText, limitRangesOf } from '../../trial/index.ts'
import { namespacesOf } from '../finding.ts'
import type { Check, Finding, Patient } from '../finding.ts'

/** What the LimitRanges of each namespace allow, with the defaults that they fill in, against what the set's pods will say. */
export const limitRanges: Check = async patient => {
  const found = await Promise.all(namespacesOf(patient).map(name => inNamespace(patient, name)))
  const findings = found.flat()
  if (findings.length > 0) return findings
  return [{ check: 'limit ranges', state: 'not-needed', message: 'the namespaces have none' }]
}

async function inNamespace({ cluster, objects }: Patient, namespace: string): Promise<Finding[]> {
  const check = `limit ranges of ${namespace}`
  const ranges = await limitRangesOf(cluster, namespace)
  if (ranges === undefined)
    return [{ check, state: 'unseen', message: 'no permission to list limitranges' }]
  if (ranges.length === 0) return []
  const own = objects.filter(({ object }) => object.metadata.namespace === namespace)
  const refused = own.flatMap(({ object, endpoint }) =>
    faultsOfObject(object, ranges).map(fault => `${endpoint.name}: ${limitFaultText(fault)}`),
  )
  if (refused.length === 0) return [{ check, state: 'ok', message: 'allow what the pods ask for' }]
  return [
    {
      check,
      state: 'missing',
      message: refused.join('; '),
      remedy: `Set request and limit of the resources that are named, so that no default is taken, or have the LimitRange changed: kubectl -n ${namespace} describe limitrange.`,
    },
  ]
}
