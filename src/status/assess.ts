import { kindOf } from '../kinds/index.ts'
import { formatRef, groupOf, refOf } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'
import { explainDeletion } from './deletion/explain-deletion.ts'
import { dated } from './inquiry.ts'
import type { Inquiry } from './inquiry.ts'
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

const RULES: Record<string, Rule> = {
  'apps/Deployment': assessDeployment,
  'apps/ReplicaSet': assessReplicaSet,
  'apps/StatefulSet': assessStatefulSet,
  'apps/DaemonSet': assessDaemonSet,
  'batch/Job': assessJob,
  '/Pod': assessPod,
  '/Service': assessService,
  '/PersistentVolumeClaim': assessVolumeClaim,
  '/Namespace': assessNamespace,
  'networking.k8s.io/Ingress': assessIngress,
  'autoscaling/HorizontalPodAutoscaler': assessAutoscaler,
  'policy/PodDisruptionBudget': assessDisruptionBudget,
  'apiextensions.k8s.io/CustomResourceDefinition': assessDefinition,
  'serving.kserve.io/InferenceService': assessInferenceService,
  'serving.kserve.io/LLMInferenceService': assessLlmInferenceService,
  'leaderworkerset.x-k8s.io/LeaderWorkerSet': assessLeaderWorkerSet,
  'gateway.networking.k8s.io/Gateway': assessGateway,
  'gateway.networking.k8s.io/HTTPRoute': assessRoute,
  'gateway.networking.k8s.io/GRPCRoute': assessRoute,
  'gateway.networking.k8s.io/TLSRoute': assessRoute,
  'gateway.networking.k8s.io/TCPRoute': assessRoute,
  'gateway.networking.k8s.io/UDPRoute': assessRoute,
  'keda.sh/ScaledObject': assessScaled,
  'keda.sh/ScaledJob': assessScaled,
  'external-secrets.io/ExternalSecret': assessExternalSecret,
  'external-secrets.io/SecretStore': assessSecretStore,
  'external-secrets.io/ClusterSecretStore': assessSecretStore,
  'cert-manager.io/Certificate': assessCertificate,
  'cert-manager.io/Issuer': assessIssuer,
  'cert-manager.io/ClusterIssuer': assessIssuer,
}

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
  return withDiagnosis(ruleFor(object)(inquiry), object)
}

function ruleFor(object: KubeObject): Rule {
  return RULES[groupAndKind(object)] ?? assessGeneric
}

function groupAndKind({ apiVersion, kind }: KubeObject): string {
  return `${groupOf(apiVersion)}/${kind}`
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
