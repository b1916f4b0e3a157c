import { ClusterError } from '../cluster/index.ts'
import { about, type Check, type DoctorReport, type Finding, type Patient } from './finding.ts'
import { endpoints } from './checks/endpoints.ts'
import { gateways } from './checks/gateways.ts'
import { gpus } from './checks/gpus.ts'
import { imageVolumes } from './checks/image-volumes.ts'
import { hosts } from './checks/hosts.ts'
import { ingressClasses } from './checks/ingress-classes.ts'
import { keda } from './checks/keda.ts'
import { kserve } from './checks/kserve.ts'
import { limitRanges } from './checks/limit-ranges.ts'
import { metrics } from './checks/metrics.ts'
import { namespaces } from './checks/namespaces.ts'
import { permissions } from './checks/permissions.ts'
import { quotas } from './checks/quotas.ts'
import { references } from './checks/references.ts'
import { server } from './checks/server.ts'
import { serverless } from './checks/serverless.ts'
import { servingRuntimes } from './checks/serving-runtimes.ts'

/** In the order in which they are told: what the others rest on first. */
const CHECKS: [name: string, check: Check][] = [
  ['API server', server],
  ['namespaces', namespaces],
  ['permissions', permissions],
  ['KServe', kserve],
  ['serving runtimes', servingRuntimes],
  ['Knative', serverless],
  ['KEDA', keda],
  ['metrics API', metrics],
  ['ingress classes', ingressClasses],
  ['gateways', gateways],
  ['hosts', hosts],
  ['GPUs', gpus],
  ['quotas', quotas],
  ['limit ranges', limitRanges],
  ['image volumes', imageVolumes],
  ['references', references],
  ['endpoints', endpoints],
]

/** Everything that an apply will rest on, looked at beforehand. A check that fails is itself a finding: the others go on. */
export async function examine(patient: Patient): Promise<DoctorReport> {
  const { cluster, set } = patient
  const findings = await Promise.all(
    CHECKS.map(([name, check]) => check(patient).catch((error: unknown) => [notSeen(name, error)])),
  )
  return { environment: set.environment.name, server: cluster.server, findings: findings.flat() }
}

function notSeen(check: string, error: unknown): Finding {
  if (!(error instanceof ClusterError) || error.failure.type === 'aborted') throw error
  return about(check).unseen(`could not be looked at: ${error.message}`)
}
