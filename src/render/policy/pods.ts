import { isKserve } from '../../kinds/index.ts'
import { at, entries, members, type JsonMap, type KubeObject } from '../../object/index.ts'
import { membersBelow } from './walk.ts'

/** A pod spec anywhere in an object. */
export interface PodSpec {
  spec: JsonMap
  containers: JsonMap[]
  /** Of a serving runtime, which fills in what they leave out. */
  partial: JsonMap[]
}

/** Every pod spec of an object: of its template, of any component of an InferenceService, of what a patch put in. */
export function podSpecsOf(object: KubeObject): PodSpec[] {
  const whole = membersBelow(object)
    .filter(({ key }) => LISTS.includes(key))
    .map(({ parent }) => parent)
  const components = isKserve(object) ? Object.values(members(at(object, 'spec'))) : []
  const specs = new Set([...whole, ...components.map(members)])
  return [...specs].map(spec => ({
    spec,
    containers: LISTS.flatMap(list => entries(spec[list])),
    partial: isKserve(object) ? runtimesOf(spec) : [],
  }))
}

const LISTS = ['containers', 'initContainers', 'ephemeralContainers']

/** `model`, `sklearn`, …: a container that a serving runtime completes. */
function runtimesOf(component: JsonMap): JsonMap[] {
  return Object.values(component)
    .map(members)
    .filter(value =>
      ['storageUri', 'modelFormat', 'image', 'securityContext'].some(key => key in value),
    )
}
