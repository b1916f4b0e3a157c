import { KSERVE } from '../../kinds/index.ts'
import { saidBy, type Said } from './remedies.ts'

/** Where the controller of InferenceServices says more than its events do. */
export const CONTROLLER_LOG =
  'kubectl -n kserve logs deployment/kserve-controller-manager -c manager'

/** Of an InferenceService's name, and what the pattern has found. */
type Summary = (name: string, found: RegExpExecArray) => string

interface Bearing {
  /** Somebody may bring it some seconds later. */
  mayCome: true
}

/** What the KServe controller says when it cannot reconcile an InferenceService (v0.16), and what it means. */
export type KServeError = Said<Bearing, Summary>

/** None of them gets better by waiting: the same spec fails in the same way. */
export const KSERVE_ERRORS: KServeError[] = saidBy<Bearing, Summary>([
  [
    // Knative's webhook tries a pod before it takes a Service (knative.dev/serving, pkg/webhook/podspec_dryrun.go)
    /exceeded quota: ([^,]{1,253}), /,
    (name, [, quota]) => `the quota ${quota} leaves no room for the pods of ${name}`,
    'raise the quota (kubectl describe quota, in the namespace), free some of it, or ask for less',
    { mayCome: true },
  ],
  [
    /spec\.selector: Invalid value(?=[\s\S]{0,10000}field is immutable)/,
    name => `a Deployment ${name}-predictor that KServe did not make is in its way`,
    'delete or rename that Deployment, or rename the endpoint',
  ],
  [
    /must be less than or equal to (\w+) limit/,
    name => `the limits of ${name} are lower than the requests that KServe adds (1 CPU, 2Gi)`,
    'set requests beside limits: resources.cpu.request and resources.memory.request',
  ],
  [
    new RegExp(`containers\\[\\d+\\]\\.name: Duplicate value: "${KSERVE.container}"`),
    name => `of the containers of ${name}, ${KSERVE.container} is not the first`,
    `put ${KSERVE.container} first in spec.predictor.containers`,
  ],
  [
    /failed creating host name|invalid domain name|url: Invalid value(?=[\s\S]{0,10000}no more than 63)/,
    name => `the name ${name}-predictor-<namespace> is longer than 63 characters`,
    'choose a shorter endpoint name or namespace',
  ],
  [
    /must be no more than 63/,
    name => `the name ${name} is too long for what KServe derives from it (48 characters)`,
    'choose an endpoint name of at most 48 characters',
  ],
  [
    /no runtime found to support|NoSupportingRuntime/,
    name => `no serving runtime supports the model format of ${name}`,
    'install a ClusterServingRuntime for it (kubectl get clusterservingruntimes), or name an image instead',
  ],
  [
    /RuntimeNotRecognized|RuntimeDisabled|runtime .{0,300} (not found|is disabled)|No ServingRuntimes or ClusterServingRuntimes with the name/i,
    name => `the serving runtime that ${name} names is not there or is disabled`,
    'correct the runtime (kubectl get clusterservingruntimes,servingruntimes)',
  ],
  [
    /not possible to use Knative deployment mode|ServerlessModeRejected/,
    name => `${name} asks for serverless mode, but Knative is not installed`,
    'set kserve: {deploymentMode: raw}, or install Knative Serving',
  ],
  [
    // knative.dev/serving (0.48), pkg/apis/serving/fieldmask.go and k8s_validation.go
    /must not set the field\(s\): spec\.template|(?:volume(?: claim| write)?|Mount Propagation) support is disabled, but found/,
    name => `Knative's settings forbid fields of the pods of ${name}`,
    'allow them in ConfigMap config-features of namespace knative-serving (such as kubernetes.podspec-nodeselector: enabled), do without them, or set kserve: {deploymentMode: raw}',
  ],
  [
    // pkg/controller/v1alpha2/llmisvc/config_merge.go; https://github.com/kserve/kserve/issues/5035
    /LLMInferenceServiceConfig.{0,300}not found/,
    name => `the configuration that ${name} is based on is not there`,
    'install the presets of KServe (kubectl -n kserve get llminferenceserviceconfigs; the manifests or charts of its version bring each LLMInferenceServiceConfig kserve-config-llm-…), or correct spec.baseRefs',
  ],
  [
    // Of controller-runtime's RESTMapper; https://github.com/kserve/kserve/pull/4985, …/issues/5750
    /no matches for kind "\w{1,100}"/,
    name => `KServe wants to make a kind for ${name} that is not installed`,
    'install what the message names (Istio, Gateway API, its Inference Extension with the kind InferencePool, LeaderWorkerSet, KEDA) in that version, or tell KServe to do without it in its ConfigMap inferenceservice-config (ingress: disableIstioVirtualHost, enableGatewayApi, disableIngressCreation)',
  ],
  [
    /is forbidden: User "system:serviceaccount:[^"]{1,200}" cannot/,
    name => `KServe's controller lacks rights that it needs for ${name}`,
    'give them to it (ClusterRole kserve-manager-role, of LLMInferenceServices kserve-llmisvc-manager-role, and its binding; the manifests or the chart of its version bring them)',
  ],
  [
    // Of the API server, for what KServe reads of the namespace
    /(?:secrets?|configmaps?|serviceaccounts?) "[^"]{1,253}" not found/i,
    name => `something that ${name} refers to is not there`,
    'create what the message names (a Secret, ConfigMap or ServiceAccount) in the namespace, or correct its name (serviceAccount, model)',
    { mayCome: true },
  ],
  [
    // pkg/controller/v1alpha2/llmisvc/workload_storage.go
    /unsupported schema in model URI|invalid model URI/,
    name => `KServe does not know how to fetch the model of ${name}`,
    'correct spec.model.uri: hf://, s3://, gs://, pvc:// or oci://',
  ],
  [
    // Of the API server's validation of an update
    /may not change once set|[Ff]ield is immutable|cannot be (?:changed|updated) once/,
    name =>
      `an object of ${name} has a value that cannot change, and KServe wants another (${name}-predictor, or a Service, Deployment or autoscaler beside it)`,
    'delete the object that the message names (a Service, Deployment or autoscaler of KServe), so that KServe makes it anew',
  ],
  [
    /InvalidPredictorSpec|InvalidGPUAllocation/,
    name => `KServe considers the predictor of ${name} invalid`,
    'correct what the message names',
  ],
])
