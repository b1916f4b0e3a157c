import { isClusterWide } from '../../kinds/index.ts'
import { differingFields } from '../../serving-runtime/index.ts'
import type { ServingRuntime } from '../../serving-runtime/index.ts'
import { ifAllowed } from '../finding.ts'
import type { Check, Finding, Patient } from '../finding.ts'

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
  const check = `serving runtime ${name}`
  const { file, line } = runtime.placeOf(['metadata', 'name'])
  const place = `${file}:${line}`
  const ref = {
    apiVersion: API_VERSION,
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
  }
  const reading = await ifAllowed(cluster.get(ref).then(object => ({ object })))
  if (reading === undefined)
    return { check, state: 'unseen', message: `no permission to read the ${kind}` }
  if (reading.object === undefined) {
    const where = namespace === undefined ? 'in the cluster' : `in ${namespace}`
    return {
      check,
      state: 'missing',
      message: `there is no ${kind} ${name} ${where}, which ${place} describes`,
      remedy: `Have it applied: kubectl apply -f ${file}.`,
    }
  }
  const paths = differingFields(runtime.spec, reading.object['spec'])
  if (paths.length === 0) return { check, state: 'ok', message: `is as in ${place}` }
  return {
    check,
    state: 'warning',
    message: `differs from ${place} in ${paths.slice(0, SHOWN).join(', ')}${paths.length > SHOWN ? ' and more' : ''}`,
    remedy:
      'KServe serves what is in the cluster. Run "slipway import servingruntimes", or have the manifest applied.',
  }
}

const SHOWN = 5
