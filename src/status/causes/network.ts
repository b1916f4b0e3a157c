import { listOf } from '../../words/index.ts'
import { containersOf, type PodContainer } from '../containers.ts'
import { STORAGE_INITIALIZER } from '../phases.ts'
import type { View } from '../view.ts'
import type { LastWords } from './model-words.ts'
import { wayOut, wayOutText, type WayOut } from './way-out.ts'

/** What is known of a container beside its last words. */
export interface Advice {
  evidence: string[]
  /** In the place of that of the words. */
  remedy: string
  /** It stands in the way by itself, however long one waits. */
  isCertain: boolean
}

/** Why a container did not get what it fetches: the policies of its namespace, a mesh, whom KServe trusts. */
export function networkAdvice(
  container: PodContainer,
  { topic, remedy }: Pick<LastWords, 'topic' | 'remedy'>,
  related: View,
): Advice | undefined {
  if (topic === undefined) return undefined
  if (topic === 'trust')
    return container.name === STORAGE_INITIALIZER
      ? { evidence: [], remedy: KSERVE_TRUST, isCertain: true }
      : undefined
  const way = wayOut(container.pod, related)
  if (way !== undefined)
    return {
      evidence: [wayOutText(way)],
      remedy: policyRemedy(way, topic, remedy),
      isCertain: way.is !== 'limited' && !(way.is === 'only DNS' && topic === 'name'),
    }
  const mesh = meshBefore(container)
  if (mesh === undefined) return undefined
  return {
    evidence: [
      `init container ${mesh} already redirects the pod's traffic to a proxy that has not started`,
    ],
    remedy: MESH,
    isCertain: true,
  }
}

function policyRemedy(way: WayOut, topic: 'name' | 'reach', remedy: string): string {
  const names = listOf(way.policies)
  const isNamed = way.is === 'limited' || way.is === 'only DNS'
  if (isNamed && topic === 'reach')
    return `add what it fetches from, and its port, to the egress rules of NetworkPolicy ${names}; or ${remedy}`
  if (isNamed) return remedy
  return `let the pod out by an egress rule of NetworkPolicy ${names}, or by one more: to DNS (port 53, UDP and TCP) and to what it fetches from (such as port 443), or bring the model by a volume or an image (model)`
}

/** KServe's own container has neither the endpoint's variables nor its volumes: pkg/webhook/admission/pod/storage_initializer_injector.go. */
const KSERVE_TRUST =
  'give the authority to KServe: a ConfigMap that has it under cabundle.crt, named by caBundleConfigMapName of storageInitializer in the ConfigMap inferenceservice-config, or by the annotation serving.kserve.io/s3-cabundle-configmap on the Secret with the credentials'

const MESH =
  "traffic of init containers goes through the service mesh, whose proxy starts after them: run the proxy as a native sidecar (Istio: ENABLE_NATIVE_SIDECARS), exclude these ports (annotation traffic.sidecar.istio.io/excludeOutboundPorts), or keep the pods out of the mesh (label sidecar.istio.io/inject: 'false')"

/** Of Istio and Linkerd, where the proxy is one of the ordinary containers. */
const REDIRECTS = new Set(['istio-init', 'istio-validation', 'linkerd-init'])
const PROXIES = new Set(['istio-proxy', 'linkerd-proxy'])

function meshBefore({ pod, name, isInit }: PodContainer): string | undefined {
  const all = containersOf(pod)
  const redirect = all.findIndex(each => each.isInit && REDIRECTS.has(each.name))
  const isAfter = isInit && redirect !== -1 && redirect < all.findIndex(each => each.name === name)
  const isLate = all.some(each => PROXIES.has(each.name) && !each.isInit && !each.isSidecar)
  return isAfter && isLate ? all[redirect]?.name : undefined
}
