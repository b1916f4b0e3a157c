import { RESOURCE_CLAIM, RESOURCE_CLAIM_TEMPLATE, isOf } from '../../kinds/index.ts'
import { at, entries, kubernetesMinor, text } from '../../object/index.ts'
import { allFound } from '../../problem/index.ts'
import type { Rendering } from '../rendered.ts'
import { nameOfContainer } from './ports.ts'
import type { Pods } from './pods.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'
import type { View } from './view.ts'

/** There by a feature gate since the first, for everybody since the second (DynamicResourceAllocation, pkg/features/kube_features.go of 1.37). */
const CLAIMS = { first: 32, byDefault: 34 } as const

/** Devices are claimed where Kubernetes gives them, and as its API server takes it (pkg/apis/core/validation, validatePodResourceClaims). */
export const deviceClaim: Rule = {
  id: 'device-claim',
  find: view => [
    view.pods.map(pods => {
      const faults = allFound([
        tooOld(pods),
        withoutSource(pods),
        twice(pods),
        unknown(pods),
        unknownRequests(view, pods),
      ])
      return faults.length > 0 ? faults : unused(pods)
    }),
    view.all.map(withoutClass),
  ],
}

function claimsOf({ spec }: Pods) {
  return entries(at(spec, 'resourceClaims'))
}

function tooOld(pods: Pods): Findings {
  const { workload } = pods
  const { kubernetesVersion } = workload.endpoint
  const minor = kubernetesMinor(kubernetesVersion ?? '')
  const isEnough = Number.isNaN(minor) || minor >= CLAIMS.byDefault
  if (claimsOf(pods).length === 0 || isEnough) return []
  const isThere = minor >= CLAIMS.first
  return {
    ...common(pods),
    ...(isThere ? { severity: 'warning' } : {}),
    message: `${nameOf(workload)} claims devices, and Kubernetes ${kubernetesVersion} ${isThere ? 'gives them only with the feature gate DynamicResourceAllocation' : 'has none to give'}`,
    cause: `Dynamic resource allocation is on by default since Kubernetes 1.${CLAIMS.byDefault}.`,
    remedy:
      'Ask for GPUs with spec.resources.gpus, or update the cluster and kubernetes.version of the environment.',
  }
}

function withoutSource(pods: Pods): Findings {
  return claimsOf(pods).flatMap(({ name, resourceClaimName, resourceClaimTemplateName }) => {
    const count = [resourceClaimName, resourceClaimTemplateName].filter(Boolean).length
    if (count === 1) return []
    return {
      ...common(pods),
      message: `claim ${text(name) ?? ''} of ${nameOf(pods.workload)} names ${count === 0 ? 'neither a claim nor a template' : 'a claim and a template'}`,
      cause: 'The API server refuses it.',
      remedy:
        'Set resourceClaimTemplateName for devices of its own for each pod, or resourceClaimName for those that all pods share.',
    }
  })
}

function unknown(pods: Pods): Findings {
  const known = claimsOf(pods).map(({ name }) => text(name) ?? '')
  return pods.containers.flatMap(container =>
    entries(at(container, 'resources', 'claims')).flatMap(({ name }) => {
      const claim = text(name) ?? ''
      if (known.includes(claim)) return []
      return {
        ...common(pods),
        message: `container ${nameOfContainer(container)} of ${nameOf(pods.workload)} uses claim ${claim}, which its pods do not have`,
        cause: 'The API server refuses it.',
        remedy:
          known.length === 0
            ? `Add it: "resourceClaims: [{name: ${claim}, resourceClaimTemplateName: …}]".`
            : `Use ${known.join(' or ')}, or add it to resourceClaims.`,
      }
    }),
  )
}

function twice(pods: Pods): Findings {
  const names = claimsOf(pods).map(({ name }) => text(name) ?? '')
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...repeated].map(name => ({
    ...common(pods),
    message: `${nameOf(pods.workload)} has two claims named ${name}`,
    cause: 'The API server refuses it.',
    remedy: 'Rename one of them, or remove it.',
  }))
}

/** Its devices are taken, and no container sees them. */
function unused(pods: Pods): Findings {
  const containers = [...pods.containers, ...entries(at(pods.spec, 'initContainers'))]
  const used = new Set(
    containers.flatMap(container =>
      entries(at(container, 'resources', 'claims')).map(({ name }) => text(name)),
    ),
  )
  return claimsOf(pods)
    .filter(({ name }) => !used.has(text(name)))
    .map(({ name }) => ({
      ...common(pods),
      severity: 'warning',
      message: `no container of ${nameOf(pods.workload)} uses its claim ${text(name) ?? ''}`,
      cause: 'Its devices would be allocated, and no container could use them.',
      remedy: `Add it to the server: "containers: [{name: server, resources: {claims: [{name: ${text(name) ?? ''}}]}}]".`,
    }))
}

/** Of a claim whose object or template is in the set, too. */
function unknownRequests(view: View, pods: Pods): Findings {
  return pods.containers.flatMap(container =>
    entries(at(container, 'resources', 'claims')).flatMap(({ name, request }) => {
      const wanted = text(request)
      const known = wanted === undefined ? undefined : requestsOf(view, pods, text(name))
      if (wanted === undefined || known === undefined || known.includes(wanted)) return []
      return {
        ...common(pods),
        message: `container ${nameOfContainer(container)} of ${nameOf(pods.workload)} uses request ${wanted} of claim ${text(name) ?? ''}, which has none of that name`,
        cause: 'Its pods would not start.',
        remedy: `Use ${known.join(' or ')}, or leave request out: it is then all of them.`,
      }
    }),
  )
}

function requestsOf(view: View, pods: Pods, claim: string | undefined): string[] | undefined {
  const said = claimsOf(pods).find(({ name }) => text(name) === claim)
  const sources = [
    [RESOURCE_CLAIM.kind, text(said?.['resourceClaimName'])],
    [RESOURCE_CLAIM_TEMPLATE.kind, text(said?.['resourceClaimTemplateName'])],
  ] as const
  const found = sources.flatMap(([kind, name]) =>
    name === undefined ? [] : (view.find(kind, pods.namespace, name) ?? []),
  )[0]
  return found && requestsIn(found).map(({ name }) => text(name) ?? '')
}

function requestsIn({ object }: Rendering) {
  const spec = at(object, 'spec')
  return entries(at(isOf(object, RESOURCE_CLAIM) ? spec : at(spec, 'spec'), 'devices', 'requests'))
}

/** Each request of resource.k8s.io/v1 says which devices it wants (validateDeviceRequest of the API server). */
function withoutClass(rendering: Rendering): Findings {
  const { object } = rendering
  const isClaim = isOf(object, RESOURCE_CLAIM)
  if (!isClaim && !isOf(object, RESOURCE_CLAIM_TEMPLATE)) return []
  if (object.apiVersion !== RESOURCE_CLAIM.apiVersion) return []
  const field = isClaim ? 'spec.devices.requests' : 'spec.spec.devices.requests'
  return requestsIn(rendering).flatMap((request, index) => {
    const exact = request['exactly']
    const isNamed = exact === undefined || text(at(exact, 'deviceClassName')) !== undefined
    const ways = [exact, request['firstAvailable']].filter(way => way !== undefined)
    // Of the versions before v1 a request has its class itself: the schema says so.
    if ((ways.length === 1 && isNamed) || 'deviceClassName' in request) return []
    return {
      rendering,
      field: `${field}[${index}]`,
      message: `request ${text(request['name']) ?? index} of ${nameOf(rendering)} ${ways.length > 1 ? 'has both exactly and firstAvailable' : 'names no class of devices'}`,
      cause: 'The API server refuses it.',
      remedy:
        'Write "exactly: {deviceClassName: gpu.nvidia.com}", or firstAvailable with several of them.',
    }
  })
}

function common({ workload }: Pods) {
  return { rendering: workload, field: 'spec.pod' }
}
