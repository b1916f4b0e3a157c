import { listIfAllowed } from '../../cluster/index.ts'
import { LIMIT_RANGE } from '../../kinds/index.ts'
import { faultsOfObject, limitFaultText } from '../../trial/index.ts'
import { about, inEachNamespace } from '../finding.ts'

/** What the LimitRanges of each namespace allow, with the defaults that they fill in, against what the set's pods will say. */
export const limitRanges = inEachNamespace(
  'limit ranges',
  async ({ cluster, objects }, namespace) => {
    const say = about(`limit ranges of ${namespace}`)
    const ranges = await listIfAllowed(cluster, { ...LIMIT_RANGE, namespace })
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
  },
)
