import { isAtLeast } from '../../../charts/index.ts'
import { KSERVE } from '../../kinds/index.ts'
import { at, entries, isMap, type JsonMap, type KubeObject } from '../../object/index.ts'
import { nameOfContainer } from './ports.ts'
import { nameOf, type Rule } from './rule.ts'

/** What KServe's webhook has refused since 0.18 (pkg/validation/env_policy.go). */
const BLOCKED = new Set(['PYTHONPATH'])

/** Variables that KServe's webhook refuses in any container of an InferenceService (K10). */
export const kserveEnv: Rule = {
  id: 'kserve-env',
  find: view =>
    view.ofKind(KSERVE).flatMap(rendering => {
      const { kserveVersion } = rendering.endpoint
      if (!isAtLeast(kserveVersion, [0, 18, 0])) return []
      return containersOf(rendering.object).flatMap(container =>
        blockedIn(container).map(variable => ({
          rendering,
          field: `spec.env.${variable}`,
          message: `${whoOf(container)} of ${nameOf(rendering)} sets ${variable}, which KServe ${kserveVersion} refuses`,
          cause: 'Its webhook does not allow changing where Python looks for modules.',
          remedy: 'Leave it out, and install the modules in the image.',
        })),
      )
    }),
}

/** A model has no name: what it says is of its serving runtime's container. */
function whoOf(container: JsonMap): string {
  return (container['name'] ?? '') === '' ? 'the model' : `container ${nameOfContainer(container)}`
}

function blockedIn(container: JsonMap): string[] {
  return entries(container['env']).flatMap(({ name }) =>
    typeof name === 'string' && BLOCKED.has(name) ? [name] : [],
  )
}

function containersOf(object: KubeObject): JsonMap[] {
  const predictor = at(object, 'spec', 'predictor')
  const pods = [
    predictor,
    at(predictor, 'workerSpec'),
    at(object, 'spec', 'transformer'),
    at(object, 'spec', 'explainer'),
  ]
  const art = at(object, 'spec', 'explainer', 'art')
  const implementations = isMap(predictor) ? Object.values(predictor).filter(isMap) : []
  return [
    ...pods.flatMap(pod => [
      ...entries(at(pod, 'containers')),
      ...entries(at(pod, 'initContainers')),
    ]),
    ...implementations.filter(({ env }) => env !== undefined),
    ...(isMap(art) ? [art] : []),
  ]
}
