import { isServerless, type Endpoint } from '../src/spec/index.ts'
import { isWritten, writesDefaults } from './pod-parts/as-said.ts'
import type { Blueprint } from './blueprint.ts'
import { modelServer } from './container.ts'
import { modelFetcher } from './fetch-model.ts'
import { selectorOf } from './labels.ts'
import { namesOf } from './names.ts'
import { otherContainersOf } from './pod-parts/other-containers.ts'
import type { PodSpec } from './plain.ts'
import { schedulingOf } from './scheduling.ts'
import { podSecurityOf } from './security.ts'
import { volumesOf } from './storage.ts'

export function podSpecOf(blueprint: Blueprint, containerName: string): PodSpec {
  return {
    ...podPartsOf(blueprint),
    containers: [
      modelServer(blueprint.endpoint, containerName),
      ...otherContainersOf(blueprint.endpoint).beside,
    ],
  }
}

/** THE pod settings around the model server, for both runtimes. */
export function podPartsOf(blueprint: Blueprint): Omit<PodSpec, 'containers'> {
  const { endpoint } = blueprint
  const fetcher = modelFetcher(endpoint)
  const others = otherContainersOf(endpoint)
  const init = [...(fetcher === undefined ? [] : [fetcher]), ...others.before]
  const serviceAccountName = serviceAccountOf(blueprint)
  return {
    initContainers: init.length === 0 ? undefined : init,
    imagePullSecrets: endpoint.spec.imagePullSecrets?.map(name => ({ name })),
    serviceAccountName,
    ...isolationOf(endpoint, serviceAccountName),
    volumes: volumesOf(endpoint),
    ...schedulingOf(endpoint, selectorOf(blueprint)),
    ...(isServerless(endpoint) ? {} : plainPodParts(blueprint)),
  }
}

function isolationOf(endpoint: Endpoint, serviceAccountName: string | undefined) {
  if (!writesDefaults(endpoint)) return {}
  return {
    // A model server has no business with the API server unless it is given an account.
    automountServiceAccountToken: serviceAccountName === undefined ? false : undefined,
    // The variables of every Service in the namespace: they slow the start, and `vllm-svc` would set VLLM_SVC_PORT.
    enableServiceLinks: false,
  }
}

/** What Knative would refuse. */
function plainPodParts({ endpoint }: Blueprint) {
  return {
    securityContext: podSecurityOf(endpoint),
    hostNetwork: endpoint.spec.hostNetwork === true ? true : undefined,
    hostIPC: endpoint.spec.hostIPC === true ? true : undefined,
    terminationGracePeriodSeconds: isWritten(endpoint, 'shutdown.gracePeriod')
      ? endpoint.spec.shutdown.gracePeriod
      : undefined,
  }
}

export function serviceAccountOf({ endpoint }: Blueprint): string | undefined {
  const account = endpoint.spec.serviceAccount
  if (account === undefined) return undefined
  if (account.name !== undefined) return account.name
  return 'create' in account && account.create === true
    ? namesOf(endpoint).serviceAccount
    : undefined
}
