import type { ExecutionContext } from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { completed } from './completed.ts'
import { becomes, imported } from './import.ts'

/** Deployments as others made them, and what stands around them. */

export type Json = Record<string, unknown>

interface Shape {
  containers?: Json[]
  pod?: Json
  labels?: Record<string, string>
  metadata?: Json
  spec?: Json
}

export const MODEL = {
  name: 'model',
  image: 'registry.example.com/own-model:3',
  imagePullPolicy: 'IfNotPresent',
  ports: [{ containerPort: 8080, protocol: 'TCP' }],
  resources: {},
}

/** With the defaults that slipway writes itself. */
export function deployment({
  containers = [MODEL],
  pod,
  labels,
  metadata,
  spec,
}: Shape = {}): KubeObject {
  const own = labels ?? { app: 'iris' }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'iris', namespace: 'llm', ...metadata },
    spec: {
      replicas: 1,
      progressDeadlineSeconds: 600,
      selector: { matchLabels: own },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
      ...spec,
      template: {
        metadata: { labels: own },
        spec: { terminationGracePeriodSeconds: 30, containers, ...pod },
      },
    },
  }
}

export function service(name: string, spec: Json): KubeObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'llm' }, spec }
}

export const FRONT = service('front', {
  selector: { app: 'iris' },
  ports: [{ port: 80, targetPort: 8080 }],
})

export interface Same {
  live: KubeObject
  others?: KubeObject[]
  container?: string
}

/** Nothing of the spec changes, and no one who relies on it loses anything. */
export async function staysSame(t: ExecutionContext, { live, ...request }: Same): Promise<void> {
  const result = await imported({ workload: live, ...request })
  t.deepEqual(result.losses, [])
  t.deepEqual(
    result.rendered.problems.filter(({ severity }) => severity === 'error'),
    [],
  )
  t.deepEqual(result.unsaid, [])
  t.deepEqual(completed(becomes(result, live)), completed(live))
  const again = await imported({ workload: becomes(result, live), ...request })
  t.deepEqual(completed(becomes(again, live)), completed(live))
}

export const server = (fields: Json): KubeObject =>
  deployment({ containers: [{ ...MODEL, ...fields }] })

/** With annotations of its pods. */
export function withPods(live: KubeObject, annotations: Record<string, string>): KubeObject {
  const copy = structuredClone(live)
  Object(copy['spec']).template.metadata.annotations = annotations
  return copy
}
