import type { PodSpec } from './plain.ts'

/**
 * A predictor with what KServe's webhook and its CustomResourceDefinition would write into the lists that they keep whole. Said by us, these
 * are live as they are in git, and an unchanged InferenceService is known without asking (docs/decisions/0015). What is left to KServe's
 * configuration (CPU and memory that the spec does not say) cannot be said.
 */
export function completedByKserve(pod: PodSpec): PodSpec {
  return {
    ...pod,
    containers: pod.containers.map(completed),
    initContainers: pod.initContainers?.map(completed),
  }
}

type Container = PodSpec['containers'][number]

function completed(container: Container): Container {
  const { ports, resources = {} } = container
  return { ...container, resources, ports: ports?.map(port => ({ protocol: 'TCP', ...port })) }
}
