import type { KubeObject } from '../object/index.ts'
import type { LabelSelector, PodSpec, Workload } from './shapes.ts'
import { selectorText } from './tree.ts'

/** What to list or watch, as parameters of a query. */
export interface RelatedKind {
  apiVersion: string
  kind: string
  /** Absent for cluster-scoped kinds. */
  namespace?: string
  labelSelector?: string
  /**
   * `verdict`: follow it while waiting, readiness depends on it. `diagnosis`: read it once when something is wrong;
   * going without it only makes the explanation poorer.
   */
  use: 'verdict' | 'diagnosis'
}

type Kind = Pick<RelatedKind, 'apiVersion' | 'kind' | 'use'>

const DEPLOYMENT: Kind = { apiVersion: 'apps/v1', kind: 'Deployment', use: 'verdict' }
const REPLICA_SET: Kind = { apiVersion: 'apps/v1', kind: 'ReplicaSet', use: 'verdict' }
const POD: Kind = { apiVersion: 'v1', kind: 'Pod', use: 'verdict' }
const EVENT: Kind = { apiVersion: 'v1', kind: 'Event', use: 'diagnosis' }
const NODE: Kind = { apiVersion: 'v1', kind: 'Node', use: 'diagnosis' }
const CLAIM: Kind = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', use: 'diagnosis' }

/**
 * The kinds whose objects `assess` and `explain` want in the view for an object (live or rendered); empty for kinds
 * whose own status says everything. KServe puts its label on Deployment, ReplicaSet and pods alike; the reason of a
 * failed reconcile stands in no condition, so there events are needed for the verdict.
 */
export function relatedKinds(object: KubeObject): RelatedKind[] {
  const { kind, metadata } = object
  if (kind === 'InferenceService') {
    const labelSelector = `serving.kserve.io/inferenceservice=${metadata.name}`
    const made = [DEPLOYMENT, REPLICA_SET, POD].map(each => ({ ...each, labelSelector }))
    return located(object, [...made, { ...EVENT, use: 'verdict' }, ...claims(object)])
  }
  if (kind === 'Pod') return located(object, [EVENT, ...claims(object)])
  if (!['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'].includes(kind)) return []
  const { selector = {} } = (object as Workload).spec ?? {}
  const made = kind === 'Deployment' ? [REPLICA_SET, POD] : [POD]
  return located(object, [...made.map(selecting(selector)), EVENT, ...claims(object)])
}

function selecting(selector: LabelSelector): (kind: Kind) => Kind & { labelSelector?: string } {
  const labelSelector = selectorText(selector)
  return kind => (labelSelector === '' ? kind : { ...kind, labelSelector })
}

interface PodBearer extends KubeObject {
  spec?: PodSpec & { template?: { spec?: PodSpec }; predictor?: PodSpec }
}

/** Only pods with claims wait for them. */
function claims({ kind, spec }: PodBearer): Kind[] {
  const podSpec = kind === 'Pod' ? spec : (spec?.template?.spec ?? spec?.predictor)
  const hasClaims = (podSpec?.volumes ?? []).some(volume => volume.persistentVolumeClaim)
  return hasClaims ? [CLAIM] : []
}

function located(object: KubeObject, kinds: Kind[]): RelatedKind[] {
  const { namespace } = object.metadata
  const namespaced = namespace === undefined ? kinds : kinds.map(kind => ({ ...kind, namespace }))
  return [...namespaced, NODE]
}
