import type { Bearing } from './model-words.ts'
import type { Words } from './remedies.ts'

/** Of NVIDIA NIM: https://docs.nvidia.com/nim/large-language-models/latest/troubleshooting.html, https://github.com/NVIDIA/k8s-nim-operator/issues/407 */
export const NIM_WORDS: Words<Bearing>[] = [
  [
    // NIM
    /provided profiles are supported|Could not match a profile in manifest|[Nn]o compatible profiles?\b/,
    'NIM has no profile of the model for what it is given',
    'leave out or correct NIM_MODEL_PROFILE by env (list-model-profiles in its image tells those that there are), or choose nodes with a type and number of GPUs that one of them is for (scheduling.nodeSelector, resources.gpus)',
  ],
  [
    // NIM: nim_sdk, hub/repo.rs
    /requires an API key, but none was found|api\.ngc\.nvidia\.com.{0,300}(?:40[13]|[Uu]nauthorized|[Ff]orbidden)|Exception: Authentication Error/,
    'it has no valid credentials for NVIDIA NGC',
    'give NGC_API_KEY by env (from a Secret), of an account that may use the model',
  ],
]
