import type { KubeObject } from '../../src/object/index.ts'

interface ServerDeployment {
  name: string
  namespace?: string
  /** Below registry.example.com. */
  image?: string
  replicas?: number
  selector?: Record<string, string>
  /** Of the pods, beside those of the selector. */
  labels?: object
  /** Added to the container. */
  container?: object
  /** Added to the pod's spec. */
  pod?: object
}

/** A Deployment of one container, such as tests put into a sandbox. */
export function serverDeployment({
  name,
  namespace,
  image = 'server:1',
  replicas = 1,
  selector = { app: name },
  labels = {},
  container = {},
  pod = {},
}: ServerDeployment): KubeObject {
  const containers = [{ name: 'server', image: `registry.example.com/${image}`, ...container }]
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    spec: {
      replicas,
      selector: { matchLabels: selector },
      template: { metadata: { labels: { ...selector, ...labels } }, spec: { containers, ...pod } },
    },
  }
}
