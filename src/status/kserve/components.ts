import { DEPLOYMENT, KSERVE, isOf } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import type { InferenceService, Workload } from '../shapes.ts'
import type { View } from '../view.ts'

/** The parts of an InferenceService that KServe runs pods of their own for (pkg/constants: InferenceServiceComponent). */
const COMPONENTS = ['predictor', 'transformer', 'explainer'] as const

export type ComponentName = (typeof COMPONENTS)[number]

/** Those that it asks for. */
export function wantedComponents({ spec = {} }: InferenceService): ComponentName[] {
  return COMPONENTS.filter(name => spec[name] !== undefined)
}

/** The Deployment that KServe made for a component: `<name>-predictor`, `<name>-transformer`, `<name>-explainer`. */
export function deploymentOf(
  component: ComponentName,
  { object, related }: { object: KubeObject; related: View },
): Workload | undefined {
  return related
    .ownedBy(object.metadata.uid)
    .find(each => isOf(each, DEPLOYMENT) && componentOf(each) === component)
}

/** By KServe's label, else by the end of its name; undefined for what is no Deployment of a component. */
export function componentOf({ metadata: { name, labels } }: KubeObject): ComponentName | undefined {
  const said = labels?.[KSERVE.component]
  return (
    COMPONENTS.find(component => component === said) ??
    COMPONENTS.find(component => name.endsWith(`-${component}`))
  )
}
