import type { k8s } from 'cdk8s-plus-28'
import type { Blueprint } from './blueprint.ts'
import { metadataOf, podMetadataOf, selectorOf } from './labels.ts'
import { hasFormat, servedTemplateOf } from './model-format/predictor.ts'
import { namesOf } from './names.ts'
import { withPod } from './pod-parts/pass-through.ts'
import type { Manifest } from './plain.ts'
import { podSpecOf } from './pod.ts'
import { progressDeadlineOf, strategyOf } from './rollout.ts'

type Deployment = Manifest<k8s.KubeDeploymentProps>

export function deployment(blueprint: Blueprint): Deployment {
  const { endpoint } = blueprint
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(blueprint, namesOf(endpoint).workload),
    spec: {
      // With an autoscaler the number is not ours to send.
      replicas: endpoint.spec.scaling === undefined ? endpoint.spec.replicas : undefined,
      progressDeadlineSeconds: progressDeadlineOf(endpoint),
      strategy: strategyOf(endpoint),
      selector: { matchLabels: selectorOf(blueprint) },
      template: templateOf(blueprint),
    },
  }
}

function templateOf(blueprint: Blueprint) {
  const { endpoint } = blueprint
  const server = endpoint.spec.containerName ?? 'server'
  const template = hasFormat(endpoint)
    ? servedTemplateOf(blueprint)
    : { metadata: podMetadataOf(blueprint), spec: podSpecOf(blueprint, server) }
  return { ...template, spec: withPod(endpoint, template.spec, server) }
}
