import { HORIZONTAL_POD_AUTOSCALER, KSERVE, SCALED_OBJECT, isOf } from '../../kinds/index.ts'
import { at, entries, isMap, number } from '../../object/index.ts'
import { pathText, valueText } from '../../spec/index.ts'
import type { Rendering } from '../rendered.ts'
import { nameOf, type Finding, type Findings, type Rule } from './rule.ts'
import { specFieldOf, type Step } from './spec-field.ts'

/** How fast an autoscaler may go, as the API server takes it (pkg/apis/autoscaling/validation, validateBehavior); KEDA and KServe hand it on unread. */
export const hpaBehavior: Rule = {
  id: 'hpa-behavior',
  find: view =>
    view.all.map(rendering =>
      pathsOf(rendering).map(path =>
        ['scaleUp', 'scaleDown'].map(way => rulesFaults(rendering, [...path, way])),
      ),
    ),
}

function pathsOf({ object }: Rendering): Step[][] {
  if (isOf(object, HORIZONTAL_POD_AUTOSCALER)) return [['spec', 'behavior']]
  if (isOf(object, SCALED_OBJECT))
    return [['spec', 'advanced', 'horizontalPodAutoscalerConfig', 'behavior']]
  return isOf(object, KSERVE) ? [['spec', 'predictor', 'autoScaling', 'behavior']] : []
}

interface Bound {
  low: number
  high: number
  unit: string
}

const WINDOW: Bound = { low: 0, high: 3600, unit: 's' }
const PERIOD: Bound = { low: 1, high: 1800, unit: 's' }
const VALUE: Bound = { low: 1, high: 2_147_483_647, unit: '' }

function rulesFaults(rendering: Rendering, path: readonly Step[]): Findings {
  const rules = at(rendering.object, ...path)
  if (!isMap(rules)) return []
  const policies = entries(rules['policies'])
  const below = (...steps: Step[]) => [...path, ...steps]
  return [
    outside(rendering, below('stabilizationWindowSeconds'), WINDOW),
    among(rendering, below('selectPolicy'), ['Max', 'Min', 'Disabled']),
    policies.map((_, index) => [
      among(rendering, below('policies', index, 'type'), ['Pods', 'Percent']),
      outside(rendering, below('policies', index, 'value'), VALUE),
      outside(rendering, below('policies', index, 'periodSeconds'), PERIOD),
    ]),
  ]
}

function outside(rendering: Rendering, path: readonly Step[], bound: Bound): Findings {
  const value = number(at(rendering.object, ...path))
  const { low, high, unit } = bound
  if (value === undefined || (value >= low && value <= high)) return undefined
  return told(rendering, path, unit === '' ? 'be above 0' : `be from ${low} to ${high} ${unit}`)
}

function among(rendering: Rendering, path: readonly Step[], values: readonly string[]): Findings {
  const value = at(rendering.object, ...path)
  if (typeof value !== 'string' || values.includes(value)) return []
  return told(rendering, path, `be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`)
}

function told(rendering: Rendering, path: readonly Step[], wanted: string): Finding {
  const field = specFieldOf(rendering, path)
  const shown = field === 'spec' ? pathText([...path]) : field
  return {
    rendering,
    field,
    subject: pathText([...path]),
    message: `${shown} of ${nameOf(rendering)} must ${wanted}, not ${valueText(at(rendering.object, ...path))}`,
    cause: 'The API server refuses such an autoscaler.',
    remedy: 'Correct the value.',
  }
}
