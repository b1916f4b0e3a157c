import { FRAMEWORKS } from '../../../kinds/index.ts'
import { at, isMap, members, texts, type JsonMap, type KubeObject } from '../../../object/index.ts'
import type { Found } from '../../../problem/index.ts'
import type { Step } from '../spec-field.ts'

/** An InferenceService as KServe's validating webhook sees it: after its defaulting webhook. */
export interface Service {
  annotations: Record<string, string>
  predictor: JsonMap
  components: readonly Component[]
  canaries: readonly unknown[]
  /** KServe's, such as 0.20.0. */
  version: string
}

export interface Component {
  name: 'predictor' | 'transformer' | 'explainer'
  spec: JsonMap
  path: readonly Step[]
}

/** In any grouping. */
export type Refusals = Found<Refusal>

/** What the webhook refuses, and where it stands in the object. */
export interface Refusal {
  path: readonly Step[]
  /** What is wrong, as a sentence after "KServe 0.20.0 refuses …: ". */
  why: string
  remedy?: string
}

export function serviceOf(object: KubeObject, version: string): Service {
  const spec = members(object['spec'])
  const component = (name: Component['name'], value: unknown): Component[] =>
    isMap(value) ? [{ name, spec: value, path: ['spec', name] }] : []
  const canaries = spec['canary']
  return {
    annotations: texts(object.metadata.annotations),
    predictor: members(spec['predictor']),
    components: [
      ...component('predictor', members(spec['predictor'])),
      ...component('transformer', spec['transformer']),
      ...component('explainer', spec['explainer']),
    ],
    canaries: Array.isArray(canaries) ? canaries : [],
    version,
  }
}

/** The model of a predictor and its field: the webhook writes an older spelling over `model`. */
export function modelOf(predictor: JsonMap): { model: JsonMap; field: string } | undefined {
  const field = [...FRAMEWORKS, 'model'].find(name => isMap(predictor[name]))
  return field === undefined ? undefined : { model: members(predictor[field]), field }
}

/** The value of a variable that is written out; undefined where it is not there. */
export function variable(container: unknown, name: string): { value: string } | undefined {
  const list = at(container, 'env')
  const found: unknown = Array.isArray(list) && list.find(each => at(each, 'name') === name)
  if (!isMap(found)) return undefined
  return { value: typeof found['value'] === 'string' ? found['value'] : '' }
}
