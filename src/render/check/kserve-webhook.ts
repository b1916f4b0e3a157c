import { KSERVE } from '../../kinds/index.ts'
import type { Rendering } from '../rendered.ts'
import { autoscaling } from './kserve-webhook/autoscaling.ts'
import { extensions } from './kserve-webhook/extensions.ts'
import { implementations } from './kserve-webhook/implementations.ts'
import { multiNode } from './kserve-webhook/multi-node.ts'
import { serviceOf, type Refusal } from './kserve-webhook/service.ts'
import { sinceTwenty } from './kserve-webhook/since-0.20.ts'
import { storage } from './kserve-webhook/storage.ts'
import { allFound } from '../../problem/index.ts'
import { pathText } from '../../spec/index.ts'
import { nameOf, type Finding, type Rule } from './rule.ts'
import { specFieldOf } from './spec-field.ts'

/**
 * What KServe's validating webhook refuses of an InferenceService, as its version has it (pkg/apis/serving/v1beta1/inference_service_validation.go and
 * component.go of 0.16 to 0.20); names, variables and modes have rules of their own (K10).
 */
export const kserveWebhook: Rule = {
  id: 'kserve-webhook',
  find: view =>
    view.ofKind(KSERVE).map(rendering => {
      const service = serviceOf(rendering.object, rendering.endpoint.kserveVersion)
      const parts = [implementations, extensions, autoscaling, multiNode, storage, sinceTwenty]
      const refusals = allFound(parts.map(part => part(service)))
      return refusals.map(refusal => findingOf(rendering, refusal))
    }),
}

function findingOf(rendering: Rendering, { path, why, remedy }: Refusal): Finding {
  return {
    rendering,
    field: specFieldOf(rendering, path),
    subject: `${pathText(path)} ${why}`,
    message: `KServe ${rendering.endpoint.kserveVersion} refuses ${nameOf(rendering)}: ${why}`,
    cause: `Its webhook looks at ${pathText(path)}.`,
    ...(remedy !== undefined && { remedy }),
  }
}
