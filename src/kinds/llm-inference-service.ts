import type { Kind } from './kind.ts'
import { DEPLOYMENT } from './deployment.ts'

/** Label selector of what KServe makes of LLMInferenceServices, and of their pods; labels of their own do not reach those (kserve, pkg/constants). */
export const MADE_OF_LLM = 'app.kubernetes.io/part-of=llminferenceservice'

/** Of KServe, for large language models (https://kserve.github.io/website/docs/model-serving/generative-inference/llmisvc/). */
export const LLM_INFERENCE_SERVICE: Kind = {
  apiVersion: 'serving.kserve.io/v1alpha2',
  kind: 'LLMInferenceService',
  wave: 'workload',
  makes: [DEPLOYMENT],
}
