import {
  groupKind,
  kindOf,
  OTHER_ROUTES,
  CERTIFICATE,
  CLUSTER_ISSUER,
  CLUSTER_SECRET_STORE,
  CUSTOM_RESOURCE_DEFINITION,
  DAEMON_SET,
  DEPLOYMENT,
  EXTERNAL_SECRET,
  GATEWAY,
  GRPC_ROUTE,
  HORIZONTAL_POD_AUTOSCALER,
  HTTP_ROUTE,
  INFERENCE_SERVICE,
  INGRESS,
  ISSUER,
  JOB,
  LEADER_WORKER_SET,
  LLM_INFERENCE_SERVICE,
  NAMESPACE,
  PERSISTENT_VOLUME_CLAIM,
  POD,
  POD_DISRUPTION_BUDGET,
  REPLICA_SET,
  SCALED_JOB,
  SCALED_OBJECT,
  SECRET_STORE,
  SERVICE,
  STATEFUL_SET,
  type Type,
} from '../kinds/index.ts'
import { formatRef, refOf, type KubeObject } from '../object/index.ts'
import { explainDeletion } from './deletion/explain-deletion.ts'
import { dated, type Inquiry } from './inquiry.ts'
import { assessAutoscaler } from './kinds/autoscaler.ts'
import { assessCertificate } from './kinds/certificate.ts'
import { assessDefinition } from './kinds/custom-resource-definition.ts'
import { assessDaemonSet } from './kinds/daemon-set.ts'
import { assessDeployment } from './kinds/deployment.ts'
import { assessDisruptionBudget } from './kinds/disruption-budget.ts'
import { assessExternalSecret } from './kinds/external-secret.ts'
import { assessGateway } from './kinds/gateway.ts'
import { assessGeneric } from './kinds/generic.ts'
import { assessInferenceService } from './kinds/inference-service.ts'
import { assessIngress } from './kinds/ingress.ts'
import { assessIssuer } from './kinds/issuer.ts'
import { assessJob } from './kinds/job.ts'
import { assessLeaderWorkerSet } from './kinds/leader-worker-set.ts'
import { assessLlmInferenceService } from './kinds/llm-inference-service.ts'
import { assessNamespace } from './kinds/namespace.ts'
import { assessPod } from './kinds/pod.ts'
import { assessReplicaSet } from './kinds/replica-set.ts'
import { assessRoute } from './kinds/route.ts'
import type { Rule } from './kinds/rule.ts'
import { assessScaled } from './kinds/scaled.ts'
import { assessSecretStore } from './kinds/secret-store.ts'
import { assessService } from './kinds/service.ts'
import { assessStatefulSet } from './kinds/stateful-set.ts'
import { assessVolumeClaim } from './kinds/volume-claim.ts'
import type { Verdict } from './verdict.ts'

const RULES_OF_KINDS: readonly (readonly [Type, Rule])[] = [
  [DEPLOYMENT, assessDeployment],
  [REPLICA_SET, assessReplicaSet],
  [STATEFUL_SET, assessStatefulSet],
  [DAEMON_SET, assessDaemonSet],
  [JOB, assessJob],
  [POD, assessPod],
  [SERVICE, assessService],
  [PERSISTENT_VOLUME_CLAIM, assessVolumeClaim],
  [NAMESPACE, assessNamespace],
  [INGRESS, assessIngress],
  [HORIZONTAL_POD_AUTOSCALER, assessAutoscaler],
  [POD_DISRUPTION_BUDGET, assessDisruptionBudget],
  [CUSTOM_RESOURCE_DEFINITION, assessDefinition],
  [INFERENCE_SERVICE, assessInferenceService],
  [LLM_INFERENCE_SERVICE, assessLlmInferenceService],
  [LEADER_WORKER_SET, assessLeaderWorkerSet],
  [GATEWAY, assessGateway],
  [HTTP_ROUTE, assessRoute],
  [GRPC_ROUTE, assessRoute],
  ...OTHER_ROUTES.map((kind): [Type, Rule] => [kind, assessRoute]),
  [SCALED_OBJECT, assessScaled],
  [SCALED_JOB, assessScaled],
  [EXTERNAL_SECRET, assessExternalSecret],
  [SECRET_STORE, assessSecretStore],
  [CLUSTER_SECRET_STORE, assessSecretStore],
  [CERTIFICATE, assessCertificate],
  [ISSUER, assessIssuer],
  [CLUSTER_ISSUER, assessIssuer],
]

const RULES = new Map(RULES_OF_KINDS.map(([kind, rule]) => [groupKind(kind), rule]))

/** Whether an object is as it should be once the API server has stored it: it needs no watch. */
export function isReadyWhenStored(object: KubeObject): boolean {
  return kindOf(object).isReadyWhenStored === true
}

/** An inquiry about an object that may not be there. */
export type Question = Omit<Inquiry, 'object'> & { object: KubeObject | undefined }

/**
 * What can be said of one object now: whether it is ready, and if not, what it waits for or why it failed. `failed`
 * means that waiting is pointless; running out of time is the caller's to judge. The rules are in docs/readiness.md.
 */
export function assess(question: Question): Verdict {
  const { object } = question
  if (object === undefined) return { state: 'absent', message: 'does not exist' }
  const inquiry = dated({ ...question, object })
  if (object.metadata.deletionTimestamp !== undefined) return terminating(inquiry)
  return withDiagnosis((RULES.get(groupKind(object)) ?? assessGeneric)(inquiry), object)
}

function terminating(inquiry: Inquiry): Verdict {
  const diagnosis = explainDeletion(inquiry)
  return { state: 'terminating', message: diagnosis.summary, diagnosis }
}

/** A failure always says why, if only in the object's own words. */
function withDiagnosis(verdict: Verdict, object: KubeObject): Verdict {
  if (verdict.state !== 'failed' || verdict.diagnosis !== undefined) return verdict
  const name = formatRef(refOf(object))
  const diagnosis = {
    cause: 'failed',
    summary: `${name} failed: ${verdict.message}`,
    evidence: [`${name}: ${verdict.message}`],
    remedy: `look at the object: kubectl describe ${object.kind.toLowerCase()} ${object.metadata.name}`,
  }
  return { ...verdict, diagnosis }
}
