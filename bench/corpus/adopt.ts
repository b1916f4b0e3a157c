import type { Cluster } from '../../src/cluster/index.ts'
import {
  adoptionOf,
  importEndpoint,
  relatedRefs,
  type Adoption,
  type Draft,
  type Imported,
} from '../../src/import/index.ts'
import { at, equalValues, keyOf, refOf, type KubeObject } from '../../src/object/index.ts'
import { SlipwayError } from '../../src/problem/index.ts'
import type { Manifests } from './manifests.ts'
import { renderAlone } from './render-alone.ts'
import { runtimesAmong, type Catalogue } from './runtimes.ts'

export interface Row extends Omit<Adoption, 'state'> {
  file: string
  kind: string
  state: Adoption['state'] | 'refused by the server'
}

const NAMESPACE = 'default'
const WORKLOADS = new Set(['Deployment', 'InferenceService'])

/** A row for every workload of a file, as if all of the file were live in a namespace of its own: an API server completes each by a dry run. */
export async function adopt(
  cluster: Cluster,
  { file, objects }: Manifests,
  known: Catalogue = {},
): Promise<Row[]> {
  const runtimes = { ...known, ...runtimesAmong(objects) }
  const tried = await Promise.all(objects.map(async object => created(cluster, object)))
  const live = tried.flatMap(each => (each instanceof Error ? [] : [each]))
  const rows = objects.map(async ({ kind }, index) => {
    if (!WORKLOADS.has(kind)) return []
    const workload = tried[index]
    if (workload === undefined || workload instanceof Error)
      return [
        {
          file,
          kind,
          state: 'refused by the server' as const,
          reasons: [workload?.message ?? ''],
        },
      ]
    return [{ file, kind, ...(await adoption(cluster, { workload, live, runtimes })) }]
  })
  return (await Promise.all(rows)).flat()
}

async function created(cluster: Cluster, object: KubeObject): Promise<KubeObject | Error> {
  const metadata = { ...object.metadata, namespace: NAMESPACE }
  try {
    const { apiVersion, kind } = object
    return {
      ...(await cluster.create({ ...object, metadata }, { dryRun: true })),
      apiVersion,
      kind,
    }
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
}

interface Among {
  workload: KubeObject
  live: readonly KubeObject[]
  runtimes: Catalogue
}

async function adoption(cluster: Cluster, { workload, live, runtimes }: Among): Promise<Adoption> {
  const names = new Set(relatedRefs(workload).map(keyOf))
  const rest = live.filter(object => object !== workload)
  const related = rest.filter(object => names.has(keyOf(refOf(object))))
  const others = rest.filter(object => !names.has(keyOf(refOf(object))))
  try {
    const render = async (draft: Draft) => renderAlone(draft, runtimes)
    const imported = await importEndpoint({ workload, related, others, render })
    const told = adoptionOf(imported)
    return told.state === 'as it is' ? await proved(cluster, workload, imported) : told
  } catch (error) {
    if (error instanceof SlipwayError) return adoptionOf(error)
    throw error
  }
}

/** What the server makes of the rendered workload has the word, not what the import says of itself. */
async function proved(
  cluster: Cluster,
  workload: KubeObject,
  { rendered }: Imported,
): Promise<Adoption> {
  const own = rendered.objects.find(object => keyOf(refOf(object)) === keyOf(refOf(workload)))
  const result = own === undefined ? undefined : await created(cluster, own)
  if (result === undefined || result instanceof Error)
    return {
      state: 'not at all',
      reasons: [`the server refuses the result: ${result?.message ?? 'nothing is rendered'}`],
    }
  return equalValues(podsOf(result), podsOf(workload))
    ? { state: 'as it is', reasons: [] }
    : {
        state: 'with changes',
        reasons: ['the pod template changes, although the import does not say so'],
      }
}

function podsOf(workload: KubeObject): unknown {
  const { labels: _labels, ...spec } = Object(workload['spec']) as Record<string, unknown>
  return workload.kind === 'Deployment' ? at(spec, 'template') : spec
}
