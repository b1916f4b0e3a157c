import { deploymentModeValue, writesDefaults } from '../../../charts/index.ts'
import { KSERVE } from '../../kinds/index.ts'
import { nameOf, type Rule } from './rule.ts'

/** The deployment mode is spelt as the environment's KServe wants it (K9, K10: kserve/kserve#4798). */
export const kserveMode: Rule = {
  id: 'kserve-mode',
  find: view =>
    view.ofKind(KSERVE).flatMap(rendering => {
      const { kserveVersion } = rendering.endpoint
      const mode = rendering.object.metadata.annotations?.[KSERVE.deploymentMode]
      const wanted = deploymentModeValue(rendering.endpoint)
      if (mode === wanted) return []
      if (mode === undefined && !writesDefaults(rendering.endpoint)) return []
      return {
        rendering,
        field: 'spec.kserve.deploymentMode',
        message: `${nameOf(rendering)} has the deployment mode ${mode ?? 'of KServe’s configuration'}; KServe ${kserveVersion} expects ${wanted}`,
        cause:
          'With a name that its version does not know, KServe refuses every later update and delete.',
        remedy:
          'Set spec.kserve.deploymentMode, and kserve.version of the environment, instead of the annotation.',
      }
    }),
}
