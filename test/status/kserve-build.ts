import type { KubeObject, ObjectMeta } from '../../src/object/index.ts'
import { live, ownedBy } from './build.ts'
import { documents } from './fixture.ts'

export const OLD = 'registry.example.com/llm:v1'
export const NEW = 'registry.example.com/llm:v2'

/** An InferenceService with a status of fixtures/kserve, verbatim. */
export function service(
  fixture: string,
  { image = OLD, ...metadata }: Partial<ObjectMeta> & { image?: string } = {},
): KubeObject {
  const [{ status } = { status: undefined }] = documents<{ status: object }>(
    `kserve/${fixture}.yaml`,
  )
  return live('serving.kserve.io/v1beta1', 'InferenceService', 'llm-std', {
    metadata: {
      creationTimestamp: '2026-11-21T00:16:57Z',
      generation: 1,
      finalizers: ['inferenceservice.finalizers'],
      ...metadata,
    },
    spec: { predictor: { containers: [{ name: 'server', ...serving(image) }] } },
    status,
  })
}

interface ChildInput {
  name?: string
  image?: string
  generation?: number
  status?: Record<string, unknown>
  metadata?: Partial<ObjectMeta>
}

/** The Deployment that KServe makes of it, complete unless the row says otherwise. */
export function child(owner: KubeObject, input: ChildInput = {}): KubeObject {
  const { name = 'llm-std-predictor', image = OLD, generation = 1, status, metadata } = input
  const [, component = ''] = /-(\w+)$/.exec(name) ?? []
  const container = { name: 'kserve-container', ...serving(image), imagePullPolicy: 'IfNotPresent' }
  return live('apps/v1', 'Deployment', name, {
    metadata: {
      ...ownedBy(owner),
      generation,
      labels: { component },
      creationTimestamp: '2026-11-21T00:16:58Z',
      ...metadata,
    },
    spec: { replicas: 1, template: { spec: { containers: [container] } } },
    status: {
      observedGeneration: generation,
      replicas: 1,
      updatedReplicas: 1,
      readyReplicas: 1,
      availableReplicas: 1,
      ...status,
    },
  })
}

/** The ReplicaSet of a Deployment's present template. */
export function newest(deployment: KubeObject, name = `${deployment.metadata.name}-2`): KubeObject {
  const { template } = deployment['spec'] as { template: object }
  return live('apps/v1', 'ReplicaSet', name, {
    metadata: ownedBy(deployment),
    spec: { replicas: 1, template },
    status: { replicas: 1, availableReplicas: 0 },
  })
}

function serving(image: string): Record<string, unknown> {
  return {
    image,
    args: ['--model', '/models/llama'],
    env: [{ name: 'LOG_LEVEL', value: 'info' }],
    ports: [{ containerPort: 8000 }],
    resources: { limits: { memory: '32Gi' } },
  }
}
