import type { Kind } from './kind.ts'
import { DEPLOYMENT } from './deployment.ts'

/** Of KServe, for large language models (https://kserve.github.io/website/docs/model-serving/generative-inference/llmisvc/). */
export const LLM_INFERENCE_SERVICE: Kind = {
  apiVersion: 'serving.kserve.io/v1alpha2',
  kind: 'LLMInferenceService',
  wave: 'workload',
  makes: [DEPLOYMENT],
}
