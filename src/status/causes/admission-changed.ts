import { featureGateOf, isKserve, type FeatureGate } from '../../kinds/index.ts'
import { listOf } from '../../words/index.ts'
import { rewrittenImages, unbrought, type RewrittenImage } from '../kserve/admission.ts'
import { predictorDeployment, specWrittenAt } from '../kserve/predictor.ts'
import { isNew } from '../times.ts'
import { waitedSeconds, type Cause } from './cause.ts'
import { CONTROLLER_LOG } from './kserve-errors.ts'

/** KServe writes again where it finds a difference; what is left after this is put back each time. */
const PATIENCE_SECONDS = 10

const WHO =
  'find the policy or webhook that changes Deployments: kubectl get mutatingadmissionpolicies,mutatingwebhookconfigurations (Kyverno and Gatekeeper have their own)'

/** KServe has written its Deployment after our write, and it is not what was asked for: something between it and the API server changes it. */
export const admissionChanged: Cause = inquiry => {
  const { object, since } = inquiry
  if (!isKserve(object)) return undefined
  const deployment = predictorDeployment(inquiry)
  const field = unbrought(inquiry)
  const written = deployment && specWrittenAt(deployment)
  if (deployment === undefined || field === undefined) return undefined
  if (since === undefined || !isNew(written, since)) return undefined
  if (waitedSeconds(written, inquiry) < PATIENCE_SECONDS) return undefined
  const { name } = deployment.metadata
  const images = rewrittenImages(inquiry).map(imageText)
  const gate = featureGateOf(`spec.template.spec.${field}`)
  const { why, remedy } = gate === undefined ? ON_THE_WAY : byGate(gate)
  return {
    cause: 'admission-changed',
    summary: `KServe has written Deployment ${name}, and its ${field} is not what was asked for: ${why}`,
    evidence: [
      `Deployment ${name} was written at ${written}, the InferenceService at ${since}`,
      ...images,
    ],
    remedy,
  }
}

const ON_THE_WAY = {
  why: 'an admission policy or webhook may change it on the way',
  remedy: `${WHO}, and exclude this Deployment from it, or set in the endpoint what it changes. If there is none, KServe's own configuration does it: ${CONTROLLER_LOG}`,
}

function byGate({ name }: FeatureGate): typeof ON_THE_WAY {
  return {
    why: `the API server drops it while its feature gate ${name} is off`,
    remedy: `turn ${name} on in the API server and the kubelets, or do without the field`,
  }
}

/** `containers[0].image was asked for as …, admission made it …`; undefined where nothing was rewritten. */
export function admissionText(images: readonly RewrittenImage[]): string | undefined {
  return images.length === 0 ? undefined : listOf(images.map(imageText))
}

function imageText({ path, wanted, live }: RewrittenImage): string {
  return `admission made ${live} of ${path} ${wanted}`
}
