import {
  at,
  entries,
  members,
  number,
  text,
  type JsonMap,
  type KubeObject,
} from '../object/index.ts'
import { KSERVE } from './inference-service.ts'
import { containersIn, podSpecOf, replicasOf } from './pods.ts'
import { kindOf } from './table.ts'

/** The container of the model server, by its name or else by its place; of KServe's models, what a serving runtime completes. */
export function serverIn(object: KubeObject): JsonMap | undefined {
  const containers = containersIn(object)
  const named = containers.find(({ name }) => name === KSERVE.container)
  const [first] = [...containers, ...entries([at(podSpecOf(object), 'model')])]
  return named ?? first
}

/** What an object serves: its image, and the model's reference or else its URI. The model server is told of its model by environment variables. */
export function servedBy(object: KubeObject): { image?: string; model?: string } {
  const server = serverIn(object)
  const variables = entries(server?.['env'])
  const value = (name: string) => text(variables.find(each => each['name'] === name)?.['value'])
  const image = text(server?.['image'])
  const model =
    value('MODEL_REF') ?? value('MODEL_URI') ?? text(at(podSpecOf(object), 'model', 'storageUri'))
  return { ...(image && { image }), ...(model && { model }) }
}

/** The least and the most replicas of a workload, as its autoscaler among these objects has it, where there is one. */
export function rangeOf(workload: KubeObject, objects: readonly KubeObject[]): [number, number] {
  const [scale] = objects.flatMap(each => kindOf(each).scales?.(each) ?? [])
  const least = scale?.min ?? replicasOf(workload) ?? 1
  const most = scale?.max ?? number(members(podSpecOf(workload))['maxReplicas']) ?? least
  return [least, Math.max(least, most)]
}
