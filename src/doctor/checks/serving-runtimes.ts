import { isClusterWide } from '../../kinds/index.ts'
import { differingFields, type ServingRuntime } from '../../serving-runtime/index.ts'
import { about, looked, type Check, type Finding, type Patient } from '../finding.ts'

const API_VERSION = 'serving.kserve.io/v1alpha1'

/** The cluster's serving runtimes against those of the catalogue that KServe is to take (M1). */
export const servingRuntimes: Check = async patient => {
  if (
    (await patient.cluster.kind({ apiVersion: API_VERSION, kind: 'ServingRuntime' })) === undefined
  )
    return []
  return Promise.all(usedBy(patient).map(used => compare(patient, used)))
}

interface Used {
  runtime: ServingRuntime
  /** Of the endpoints; undefined for cluster-wide ones. */
  namespace: string | undefined
}

function usedBy({ set }: Patient): Used[] {
  const used = new Map<string, Used>()
  for (const { serving, spec, namespace } of set.endpoints) {
    if (serving === undefined || spec.runtime !== 'kserve') continue
    const { runtime } = serving
    const where = isClusterWide({ apiVersion: API_VERSION, kind: runtime.kind })
      ? undefined
      : namespace
    used.set(`${runtime.kind}/${where ?? ''}/${runtime.name}`, { runtime, namespace: where })
  }
  return [...used.values()]
}

async function compare({ cluster }: Patient, { runtime, namespace }: Used): Promise<Finding> {
  const { kind, name } = runtime
  const say = about(`serving runtime ${name}`)
  const { file, line } = runtime.placeOf(['metadata', 'name'])
  const place = `${file}:${line}`
  const ref = {
    apiVersion: API_VERSION,
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
  }
  const reading = await looked(cluster, ref)
  if (reading === undefined) return say.unseen(`no permission to read the ${kind}`)
  if (reading.object === undefined) {
    const where = namespace === undefined ? 'in the cluster' : `in ${namespace}`
    return say.missing(
      `there is no ${kind} ${name} ${where}, which ${place} describes`,
      `Have it applied: kubectl apply -f ${file}.`,
    )
  }
  const paths = differingFields(runtime.spec, reading.object['spec'])
  if (paths.length === 0) return say.ok(`is as in ${place}`)
  return say.warning(
    `differs from ${place} in ${paths.slice(0, SHOWN).join(', ')}${paths.length > SHOWN ? ' and more' : ''}`,
    'KServe serves what is in the cluster. Run "slipway import servingruntimes", or have the manifest applied.',
  )
}

const SHOWN = 5
