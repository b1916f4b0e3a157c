import { faultsOfObject, limitFaultText, limitRangesOf } from '../../trial/index.ts'
import { about, namespacesOf, type Check, type Finding, type Patient } from '../finding.ts'

/** What the LimitRanges of each namespace allow, with the defaults that they fill in, against what the set's pods will say. */
export const limitRanges: Check = async patient => {
  const found = await Promise.all(namespacesOf(patient).map(name => inNamespace(patient, name)))
  const findings = found.flat()
  if (findings.length > 0) return findings
  return about('limit ranges').notNeeded('the namespaces have none')
}

async function inNamespace({ cluster, objects }: Patient, namespace: string): Promise<Finding[]> {
  const say = about(`limit ranges of ${namespace}`)
  const ranges = await limitRangesOf(cluster, namespace)
  if (ranges === undefined) return [say.unseen('no permission to list limitranges')]
  if (ranges.length === 0) return []
  const own = objects.filter(({ object }) => object.metadata.namespace === namespace)
  const refused = own.flatMap(({ object, endpoint }) =>
    faultsOfObject(object, ranges).map(fault => `${endpoint.name}: ${limitFaultText(fault)}`),
  )
  if (refused.length === 0) return [say.ok('allow what the pods ask for')]
  return [
    say.missing(
      refused.join('; '),
      `Set request and limit of the resources that are named, so that no default is taken, or have the LimitRange changed: kubectl -n ${namespace} describe limitrange.`,
    ),
  ]
}
