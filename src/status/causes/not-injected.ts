import { KSERVE } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { containersOf, type PodContainer } from '../containers.ts'
import type { Inquiry } from '../inquiry.ts'
import { STORAGE_INITIALIZER, isModelcar } from '../phases.ts'
import type { InferenceService, Pod } from '../shapes.ts'
import type { View } from '../view.ts'
import type { Advice } from './network.ts'

/** What KServe's webhook brings a model by: pkg/webhook/admission/pod/storage_initializer_injector.go, pkg/utils/storage.go (0.20). */
const VOLUMES = new Set(['kserve-provision-location', 'kserve-pvc-source'])

/**
 * The server of an InferenceService ends, and KServe's webhook has not put into its pod what fetches the model: it leaves out namespaces
 * with the label control-plane, and pods that were made while it was away (where its failures are ignored).
 */
export function notInjected(
  { pod, isInit }: PodContainer,
  { related }: Inquiry,
): Advice | undefined {
  const service = serviceOf(pod, related)
  if (isInit || service === undefined || !isFetched(service) || isBrought(pod)) return undefined
  const { namespace = 'default' } = pod.metadata
  return {
    isCertain: true,
    evidence: [
      "KServe's webhook did not inject the storage-initializer, which downloads the model, into the pod",
    ],
    remedy: `check that namespace ${namespace} does not have the label control-plane, with which KServe's webhook skips it (kubectl get namespace ${namespace} --show-labels), and that the webhook exists (kubectl get mutatingwebhookconfigurations inferenceservice.serving.kserve.io); then delete the pod so that it is recreated`,
  }
}

/** KServe's webhook goes by this label, too. */
function serviceOf({ metadata }: Pod, related: View): KubeObject | undefined {
  const name = metadata.labels?.[KSERVE.podLabel]
  if (name === undefined) return undefined
  return related
    .ofKind(KSERVE)
    .find(each => each.metadata.name === name && each.metadata.namespace === metadata.namespace)
}

function isFetched(service: InferenceService): boolean {
  return service.spec?.predictor?.model?.storageUri !== undefined
}

function isBrought(pod: Pod): boolean {
  const volumes = pod.spec?.volumes ?? []
  return (
    containersOf(pod).some(({ name }) => name === STORAGE_INITIALIZER || isModelcar(name)) ||
    volumes.some(volume => VOLUMES.has(volume.name) || 'image' in volume)
  )
}
