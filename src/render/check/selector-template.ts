import { isEmpty, kindOf, labelSelector, matches } from '../../kinds/index.ts'
import { at, entries } from '../../object/index.ts'
import type { Pods } from './pods.ts'
import { shown } from './read.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'
import { strayPods } from './stray-pods.ts'
import type { View } from './view.ts'

/** A Deployment selects its own pods only, and pods are spread over their own kind. */
export const selectorTemplate: Rule = {
  id: 'selector-template',
  find: view => view.pods.map(pods => [deploymentSelector(view, pods), spreadSelectors(pods)]),
}

function deploymentSelector(view: View, { workload, namespace, labels }: Pods): Findings {
  if (kindOf(workload.object).runtime !== 'deployment') return []
  const selector = labelSelector(at(workload.object, 'spec', 'selector'))
  const own = !isEmpty(selector) && matches(selector, labels)
  const wrong = own
    ? strayPods(workload, selector, view.podsIn(namespace, selector))
    : 'does not select the pods of its own template'
  if (wrong === undefined) return []
  return {
    rendering: workload,
    field: 'metadata.name',
    message: `${nameOf(workload)} ${wrong}`,
    cause: 'The API server refuses it, or two controllers fight over the pods.',
    remedy: 'Leave selector and pod labels as they are rendered.',
  }
}

function spreadSelectors({ workload, spec, labels }: Pods): Findings {
  const constraints = entries(at(spec, 'topologySpreadConstraints'))
  const stray = constraints.filter(item => !matches(labelSelector(item['labelSelector']), labels))
  return stray.map(item => ({
    rendering: workload,
    field: 'spec.scheduling.spread',
    message: `${nameOf(workload)} spreads over ${shown(item['topologyKey'])} by labels that its pods do not have`,
    cause: 'The scheduler would count no pods, and spread nothing.',
    remedy: 'Select by labels of the pod template.',
  }))
}
