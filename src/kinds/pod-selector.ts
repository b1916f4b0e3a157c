import { ENDPOINT_LABEL, at, texts, type JsonMap, type KubeObject } from '../object/index.ts'
import { KSERVE, MADE_OF_UNMARKED } from './inference-service.ts'
import { LLM_INFERENCE_SERVICE, MADE_OF_LLM } from './llm-inference-service.ts'
import { isKserve, podLabelsOf } from './pods.ts'
import { isEmpty, labelSelector, type Selector } from './selector.ts'
import { isOf, kindOf } from './table.ts'

/** What the pods of one workload carry: its own selector, of an InferenceService KServe's label. Undefined where it has neither. */
export function podSelectorOf(workload: KubeObject): Selector | undefined {
  if (isKserve(workload))
    return { matchLabels: { [KSERVE.podLabel]: workload.metadata.name }, matchExpressions: [] }
  if (kindOf(workload).pods === undefined) return undefined
  const selector = labelSelector(at(workload, 'spec', 'selector'))
  return isEmpty(selector) ? undefined : selector
}

/**
 * By what label selector the API server finds the pods of a workload and what stands between. Those that slipway has written carry its
 * label, so that one query finds the pods of all of them; what was adopted as it ran has its own selector alone.
 */
export function podQueryOf(workload: KubeObject): string | undefined {
  if (isOf(workload, LLM_INFERENCE_SERVICE)) return MADE_OF_LLM
  const labels = isKserve(workload)
    ? texts(at(workload, 'metadata', 'labels'))
    : podLabelsOf(workload)
  if (labels?.[ENDPOINT_LABEL] !== undefined) return ENDPOINT_LABEL
  if (isKserve(workload)) return MADE_OF_UNMARKED
  const selector = podSelectorOf(workload)
  return selector && selectorText(selector)
}

/** As the API server takes it: `app=chat,tier in (new,old),!canary`. */
export function selectorText({ matchLabels, matchExpressions }: Selector): string {
  const equal = Object.entries(matchLabels).map(([label, value]) => `${label}=${value}`)
  return [...equal, ...matchExpressions.map(expressionText)].join(',')
}

function expressionText({ key, operator, values }: JsonMap): string {
  const list = Array.isArray(values) ? values.join(',') : ''
  switch (operator) {
    case 'In':
      return `${String(key)} in (${list})`
    case 'NotIn':
      return `${String(key)} notin (${list})`
    case 'Exists':
      return String(key)
    default:
      return `!${String(key)}`
  }
}
