import type { Said, Words } from './remedies.ts'

/** What a server wrote before it ended, understood: its text follows `keeps ending (4 restarts), `, its remedy is in words of the spec. */
export type LastWords = Said<Bearing>

/** What else is known of a server's words. */
export interface Bearing {
  /** It follows from something else: an exception beside it says more. */
  isFollowing?: true
  /** The line that tells most, where that is not the first of the pattern. */
  last?: RegExp
  /** The next start may be well: what is not reached may be so again, as with the registry of an image. */
  isPassing?: true
  /** What else bears on it: what the pod may reach, whom it trusts. */
  topic?: 'name' | 'reach' | 'trust'
}

/** Of servers that do not take a model as it is: its length, its division among GPUs, its quantization, its code, its kind. */
export const MODEL_WORDS: Words<Bearing>[] = [
  [
    // vLLM: vllm/lora/worker_manager.py
    /LoRA rank \d+ is greater than max_lora_rank/,
    'an adapter has a higher rank than the server takes',
    'raise --max-lora-rank in args to the rank of the adapter (adapters)',
  ],
  [
    // vLLM, SGLang: vllm/entrypoints/openai/serving_models.py, vllm/lora/peft_helper.py
    /[Ll]oading lora .{0,300} failed|No adapter found for|adapter_config\.json.{0,80}(?:not found|No such file)/,
    'an adapter is not where the server looks for it',
    'correct where the adapter comes from (adapters), or the path to it in args',
  ],
  [
    // vLLM: vllm/model_executor/model_loader/utils.py
    /does not support LoRA, but LoRA is enabled/,
    'the model takes no adapters',
    'leave out adapters (and --enable-lora in args), or use a model of another architecture',
  ],
  [
    // vLLM, SGLang: vllm/entrypoints/chat_utils.py
    /chat template .{0,300}(?:looks like a file path|failed to be opened|doesn't exist|does not exist)/,
    'the file of the chat template is not there',
    'correct its path in args, or mount it (volumes)',
  ],
  [
    // Triton: NVIDIA/TensorRT, with which Triton's backend and TensorRT-LLM load engines
    /engine plan file is (?:not compatible|generated on an incompatible device)|Serialization assertion .{0,200}[Vv]ersion/,
    'the engine was built for another TensorRT or type of GPU',
    'build the engine anew with the version of the image and on this type of GPU, or use the image that it was built with',
  ],
  [
    // Triton: Triton core, src/model_config_utils.cc, and its backends, which compare config.pbtxt with the model
    /model (?:configuration|config) (?:specifies|expects)|(?:unexpected|unknown) (?:inference (?:input|output)|platform type)|must specify .{0,60}(?:platform|backend)|expected .{0,80} in model configuration|config\.pbtxt/,
    'the configuration of a model does not fit it',
    'correct config.pbtxt of the model that the line names (its inputs, outputs, shapes, types, platform), at model.uri',
  ],
  [
    // Triton: Triton core, src/backend_manager.cc
    /unable to find backend library for backend|unable to find '?libtriton_\w+\.so/,
    'the image has no backend for the model',
    'use an image of Triton with that backend (such as …-vllm-python-py3), or bring it by a volume',
  ],
  [
    // llama.cpp, src/llama-model-loader.cpp; transformers/configuration_utils.py; text-generation-inference, utils/weights.py
    /error loading model: (?:missing tensor|tensor .{0,100}data is not within)|invalid magic characters|is not a valid JSON file|RuntimeError: weight \S{1,200} does not exist/,
    'the files of the model are damaged, or belong to another model',
    'fetch the model anew, whole, and bring it to model.uri again',
  ],
  [
    // vLLM, SGLang: vllm/config/model.py; sglang/srt/configs/model_config.py
    /User-specified (?:max_model_len|context_length) \(\d+\) is greater than the derived/,
    'it is told to take longer sequences than the model knows',
    'lower the longest sequence (args, such as --max-model-len or --context-length)',
  ],
  [
    // vLLM, SGLang
    /attention heads \(\d+\) must be divisible by tensor parallel size|not divisible by (?:tensor parallel size|tp_size|the number of GPUs)|sharded .{0,80} must be divisible by|num_shard.{0,80}divisible/,
    'the model cannot be divided among so many GPUs',
    'use a number of GPUs that divides its attention heads, such as 1, 2, 4 or 8 (resources.gpus, and the tensor parallelism in args)',
  ],
  [
    // vLLM: vllm/model_executor/model_loader/weight_utils.py, and compressed-tensors
    /(?:quantization method|Quantization scheme) .{0,80}is not supported for the current GPU|type fp8\w{1,10} not supported in this architecture|Unknown quantization method|quantization method .{0,80}(?:does not match|not supported)/,
    'this type of GPU, or the server, does not know the quantization of the model',
    'use a model of another quantization (model), or choose nodes with a newer type of GPU (scheduling.nodeSelector)',
  ],
  [
    // transformers/dynamic_module_utils.py, which vLLM, SGLang, TGI and KServe's Hugging Face server load models with
    /contains custom code which must be executed|requires you to execute the (?:configuration|configuration file)|pass the argument `?trust_remote_code=True|option `trust_remote_code=True` to remove this error/,
    'the model brings code of its own, which the server was not allowed to run',
    'where the model is trusted, set --trust-remote-code in args, with a revision that stays; otherwise use a model without code of its own',
  ],
  [
    // llama.cpp: ggml/src/ggml-backend-reg.cpp
    /no backends are loaded/,
    'the image has no backend for the model',
    'use an image of the server that has one for this CPU or type of GPU (image)',
  ],
  [
    /Model architectures? .{0,300}(?:(?:are|is) not supported|failed to be inspected)|Unsupported (?:model )?architectures?\b|but Transformers does not recognize this architecture|Unsupported model IR version|opset .{0,80}(?:not supported|is under development)|No Op registered for|Unrecognized model in .{0,300}model_type|Unsupported model type|unknown model architecture: |error loading model architecture|Unknown output keys: /,
    'the server does not know this kind of model',
    'use a newer image of the server, or another server for this model',
  ],
]
