import { at, entries, kubernetesMinor, text } from '../../object/index.ts'
import { nameOfContainer } from './ports.ts'
import type { Pods } from './pods.ts'
import { nameOf } from './rule.ts'
import type { Finding, Rule } from './rule.ts'

/** There by a feature gate since the first, for everybody since the second (DynamicResourceAllocation, pkg/features/kube_features.go of 1.37). */
const CLAIMS = { first: 32, byDefault: 34 } as const

/** Devices are claimed where Kubernetes gives them, and as its API server takes it (pkg/apis/core/validation, validatePodResourceClaims). */
export const deviceClaim: Rule = {
  id: 'device-claim',
  find: view =>
    view.pods.flatMap(pods => [...tooOld(pods), ...withoutSource(pods), ...unknown(pods)]),
}

function claimsOf({ spec }: Pods) {
  return entries(at(spec, 'resourceClaims'))
}

function tooOld(pods: Pods): Finding[] {
  const { workload } = pods
  const { kubernetesVersion } = workload.endpoint
  const minor = kubernetesMinor(kubernetesVersion ?? '')
  const isEnough = Number.isNaN(minor) || minor >= CLAIMS.byDefault
  if (claimsOf(pods).length === 0 || isEnough) return []
  const isThere = minor >= CLAIMS.first
  return [
    {
      ...common(pods),
      ...(isThere ? { severity: 'warning' } : {}),
      message: `${nameOf(workload)} claims devices, and Kubernetes ${kubernetesVersion} ${isThere ? 'gives them only with the feature gate DynamicResourceAllocation' : 'has none to give'}`,
      cause: `Dynamic resource allocation is on by default since Kubernetes 1.${CLAIMS.byDefault}.`,
      remedy:
        'Ask for GPUs with spec.resources.gpus, or update the cluster and kubernetes.version of the environment.',
    },
  ]
}

function withoutSource(pods: Pods): Finding[] {
  return claimsOf(pods).flatMap(({ name, resourceClaimName, resourceClaimTemplateName }) => {
    const count = [resourceClaimName, resourceClaimTemplateName].filter(Boolean).length
    if (count === 1) return []
    return [
      {
        ...common(pods),
        message: `claim ${text(name) ?? ''} of ${nameOf(pods.workload)} names ${count === 0 ? 'neither a claim nor a template' : 'a claim and a template'}`,
        cause: 'The API server refuses it.',
        remedy:
          'Set resourceClaimTemplateName for devices of its own for each pod, or resourceClaimName for those that all pods share.',
      },
    ]
  })
}

function unknown(pods: Pods): Finding[] {
  const known = claimsOf(pods).map(({ name }) => text(name) ?? '')
  return pods.containers.flatMap(container =>
    entries(at(container, 'resources', 'claims')).flatMap(({ name }) => {
      const claim = text(name) ?? ''
      if (known.includes(claim)) return []
      return [
        {
          ...common(pods),
          message: `container ${nameOfContainer(container)} of ${nameOf(pods.workload)} uses claim ${claim}, which its pods do not have`,
          cause: 'The API server refuses it.',
          remedy:
            known.length === 0
              ? `Add it: "resourceClaims: [{name: ${claim}, resourceClaimTemplateName: …}]".`
              : `Use ${known.join(' or ')}, or add it to resourceClaims.`,
        },
      ]
    }),
  )
}

function common({ workload }: Pods) {
  return { rendering: workload, field: 'spec.pod' }
}
