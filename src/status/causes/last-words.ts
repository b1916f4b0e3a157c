import { CHILD_WORDS } from './child-words.ts'
import { GPU_WORDS } from './gpu-words.ts'
import { MODEL_WORDS, type Bearing } from './model-words.ts'
import { NIM_WORDS } from './nim-words.ts'
import { PROCESS_WORDS } from './process-words.ts'
import { saidBy } from './remedies.ts'
import { SURROUNDING_WORDS } from './surrounding-words.ts'

const GPU_MEMORY = [
  'the memory of the GPU is too small',
  'ask for a GPU with more memory (resources.gpuMemory) or more GPUs, or have the server need less (args, such as shorter sequences or a smaller batch)',
] as const

/** By the arguments of the server for the longest sequence, or the share of memory. */
function kvCache(change: string) {
  return [
    'the memory of the GPU leaves too little for the KV cache',
    `${change} (args), or ask for a GPU with more memory (resources.gpuMemory)`,
  ] as const
}

const NO_MODEL = [
  'there is no such model, or it may not be read without credentials',
  'check model.uri or the model in args; of a gated or private repository, accept its terms and give a token by env (HF_TOKEN from a Secret); of a store, check the credentials of the pods (serviceAccount)',
] as const

const INCOMPLETE = [
  'the model has no configuration, tokenizer or weights where the server looks for them',
  'check what is at model.uri, and the path to it in args',
] as const

const PORT = [
  'its port is in use already',
  'have only one process of the pod listen on it: check port, args and further containers (sidecars)',
] as const

/**
 * The more exact ones first: a KV cache that does not fit is told together with CUDA's own words. Each has a line in
 * test/status/last-words.test.ts.
 */
export const LAST_WORDS = saidBy<Bearing>([
  ...MODEL_WORDS,
  ...NIM_WORDS,
  ...PROCESS_WORDS,
  ...SURROUNDING_WORDS,
  [
    // vLLM: vllm/v1/core/kv_cache_utils.py
    /larger than the (?:available KV [Cc]ache memory|maximum number of tokens that can be stored in KV cache)|No available memory for the cache blocks|(?:[Ii]nsufficient|[Nn]ot enough|[Tt]oo little) .{0,60}(?:KV|kv)[ _-]?cache|num_gpu_blocks=0\b/,
    ...kvCache('lower --max-model-len or raise --gpu-memory-utilization'),
  ],
  [
    // vLLM, SGLang: vllm/v1/worker/gpu_worker.py; sglang/srt/model_executor/model_runner.py
    /Free memory on device .{0,200} is less than desired GPU memory utilization|Some GPUs may be occupied by other processes|Error in memory profiling|other processes sharing the same (?:container|GPU)/,
    'another process uses the memory of its GPU',
    'keep other pods off the GPU, or lower the share of GPU memory that the server may use (args: --gpu-memory-utilization or --mem-fraction-static)',
  ],
  [
    // SGLang: sglang/srt/model_executor/pool_configurator.py
    /Not enough memory\. Please try to increase --mem-fraction-static/,
    ...kvCache('lower --context-length or raise --mem-fraction-static'),
  ],
  [
    // SGLang: sglang/srt/model_executor/cuda_graph_runner.py; https://github.com/sgl-project/sglang/issues/4489
    /[Cc]apture (?:cuda|CUDA) graph failed: .{0,200}out of memory/,
    'the memory of the GPU leaves too little for CUDA graphs',
    'lower --mem-fraction-static or --cuda-graph-max-bs (args), or ask for a GPU with more memory (resources.gpuMemory)',
  ],
  [
    // TGI: text_generation_server/models/flash_causal_lm.py, warmup
    /Not enough memory to handle .{0,80}(?:prefill tokens|max_total_tokens)/,
    ...kvCache('lower --max-batch-prefill-tokens or --max-total-tokens'),
  ],
  [
    // llama.cpp, Ollama: ggml-cuda.cu, src/llama-kv-cache.cpp
    /cudaMalloc failed: out of memory|unable to allocate CUDA\d+ buffer|failed to allocate buffer for kv cache/,
    ...GPU_MEMORY,
  ],
  [
    // c10/cuda/CUDACachingAllocator.cpp
    /(?:CUDA|HIP) out of memory|torch\.(?:cuda\.)?OutOfMemoryError|CUDA_ERROR_OUT_OF_MEMORY|(?:CUDA|HIP) (?:\w{1,20} )?error: out of memory|failed to allocate memory.{0,40}CUDA/,
    ...GPU_MEMORY,
  ],
  [
    // NCCL misc/shmutils.cc; PyTorch torch/csrc/DataLoader.cpp, ATen/MapAllocator.cpp; https://github.com/MiniMax-AI/MiniMax-01/issues/42
    /No space left on device(?=[\s\S]{0,2000}(?:\/dev\/shm|nccl))|Error while creating shared memory segment|unable to (?:write to|resize) file <|unable to (?:mmap|open shared memory|allocate shared memory)|insufficient shared memory \(shm\)|out of shared memory/i,
    '/dev/shm is too small',
    'raise sharedMemory (such as 8Gi), within resources.memory',
  ],
  [
    // Triton: python_backend, src/shm_manager.cc
    /Unable to initialize shared memory key .{0,300}/,
    '/dev/shm is too small',
    'raise sharedMemory (such as 8Gi), within resources.memory',
  ],
  [
    // errno 28 and 122: https://github.com/huggingface/huggingface_hub/issues/2742, https://github.com/bentoml/OpenLLM/issues/754
    /No space left on device|OSError: \[Errno 28\]|Disk quota exceeded/i,
    'the disk that it writes to is full',
    'give it more room: the size of the claim or of the emptyDir that it writes to (volumes), or ephemeral-storage in resources',
  ],
  ...GPU_WORDS,
  [
    // huggingface_hub/errors.py, transformers/utils/hub.py; ollama, server/images.go
    /GatedRepoError|Cannot access gated repo|RevisionNotFoundError|RepositoryNotFoundError|is not a local folder and is not a valid model identifier|Repository Not Found for url|Invalid user token|pull model manifest: file does not exist|not found, try pulling it first/,
    ...NO_MODEL,
  ],
  [
    // KServe's own: kserve_storage/kserve_storage.py, storage_errors.py; botocore's ClientError
    /Failed to fetch model|Unable to locate credentials|(?:S3|GCS|Azure|HDFS|HuggingFace|HTTP|Git) (?:authentication failed|access denied|resource .{0,300}not found)|Access denied to (?:S3|GCS|Azure|HDFS|HuggingFace|Git) resource|An error occurred \((?:403|404|AccessDenied|NoSuchBucket|NoSuchKey)\)/,
    ...NO_MODEL,
  ],
  [
    // botocore's ClientError, of a bucket in another region or behind another address
    /\((?:PermanentRedirect|IllegalLocationConstraintException|AuthorizationHeaderMalformed|301)\)|the region '[\w-]{1,40}' is wrong|must be addressed using the specified endpoint/,
    'the bucket is in another region, or at another address',
    'name its region and address by env (AWS_DEFAULT_REGION, AWS_ENDPOINT_URL), for KServe by annotations of the Secret with the credentials (serviceAccount), or correct model.uri',
  ],
  [
    // KServe's own: kserve/errors.py, kserve/model_repository.py
    /ModelMissingError|InvalidModelURI|Model (?:not found|could not be found)|Model file not found|fail(?:ed)? to locate model file|No such file or directory: ['"]?\/mnt\/models|["']\/mnt\/models[^"']{0,300}["']: No such file|Cannot locate source uri/,
    ...INCOMPLETE,
  ],
  [
    // TF Serving: tensorflow_serving/sources/storage_path/file_system_storage_path_source.cc
    /No versions of servable .{0,200} found under base path|Could not find base path .{0,200} for servable/,
    ...INCOMPLETE,
  ],
  [
    // TorchServe: frontend/archive, org.pytorch.serve.archive.model
    /ModelNotFoundException|ModelException: Model not found|Failed to load model: .{0,200}\.mar/i,
    ...INCOMPLETE,
  ],
  [
    // Ollama: ollama, server/sched.go
    /model requires more system memory/,
    'the model needs more memory than there is',
    'raise resources.memory, or use a smaller model',
  ],
  [
    // llama.cpp, Ollama: ggml/src/gguf.cpp, src/llama-model-loader.cpp
    /failed to open GGUF file|gguf_init_from_file|error loading model: .{0,200}(?:No such file|failed to open)/,
    ...INCOMPLETE,
  ],
  [
    // transformers/utils/hub.py, tokenization_utils_base.py; vLLM's and SGLang's model_loader, vllm/transformers_utils/config.py
    /HFValidationError|EntryNotFoundError|GetFileLength for .{0,300}failed|Cannot find any model weights with|No supported config format found in|Can't load (?:tokenizer|\w{1,20} processor|feature extractor|the model) for|Couldn't instantiate the backend tokenizer|does not appear to have (?:a file named|files named)|No such file or directory.{0,200}(?:config\.json|tokenizer)|Can't load the configuration of/,
    ...INCOMPLETE,
  ],
  [
    // Go's net, Python's asyncio; llama.cpp, tools/server
    /address already in use|Address in use|could not bind to|Failed to bind to address|couldn't bind HTTP server socket/i,
    ...PORT,
  ],
  [
    /exec format error/,
    "the image is built for another CPU than the node's",
    "build the image for the node's CPU, or choose nodes by scheduling.nodeSelector",
  ],
  [
    // Python's importlib; transformers/dynamic_module_utils.py; https://github.com/vllm-project/vllm/issues/2236 (a volume over the folder)
    /ModuleNotFoundError: No module named|ImportError: cannot import name|requires the following packages that were not found in your environment/,
    'a Python module is missing in the image',
    'use an image that has it, with the versions that the server needs; where the image has it, a volume may be mounted over its folder (volumes)',
  ],
  [
    // ld.so of glibc; https://github.com/ggml-org/llama.cpp/issues/23517, https://github.com/ollama/ollama/issues/602, https://github.com/vllm-project/vllm/issues/3630
    /error while loading shared libraries|cannot open shared object file|undefined symbol: |version `(?:GLIBC|GLIBCXX|CXXABI)_[\d.]+' not found/,
    'a library is missing in the image, or of another version',
    'use an image whose libraries fit the server',
  ],
  [
    /unrecognized arguments:|unexpected argument '|error: (?:unknown|invalid) argument|Unrecognized option:|invalid choice: /,
    'it does not know one of its arguments',
    'correct args: another version of the server may name it otherwise',
  ],
  ...CHILD_WORDS,
  // Words that follow from others: what is above them in the log says more.
  [
    // llama.cpp: tools/server, src/llama-model-loader.cpp; https://github.com/ggml-org/llama.cpp/issues/23437
    /exiting due to model loading error|llama_model_load: error loading model/,
    ...INCOMPLETE,
    { isFollowing: true },
  ],
  [
    // Triton: python_backend, src/stub_launcher.cc and pb_utils.cc; https://github.com/triton-inference-server/server/issues/7547
    /Stub process .{0,200}(?:is not healthy|exited unexpectedly)|Failed to initialize stub/,
    'the process of a Python model has ended',
    'read what it wrote above it; where that is nothing, sharedMemory or resources.memory is too small for it, or the image lacks a module of it',
    { isFollowing: true },
  ],
  [
    // Triton: Triton core, src/model_repository_manager.cc; server, src/main.cc
    /failed to load all models|failed to poll model repository|Poll failed for model directory|failed to stat file/,
    ...INCOMPLETE,
    { isFollowing: true },
  ],
  [
    // TorchServe: frontend/server, org.pytorch.serve.wlm.BatchAggregator and WorkerThread
    /Load model failed: .{0,200}Worker died|Backend worker process died/,
    'a worker of the model ended while it was loading it',
    'read what the worker wrote above it; often its handler misses a module of the image, or resources.memory is too low for so many workers',
    { isFollowing: true },
  ],
  [
    // TF Serving: tensorflow_serving/core, servable_state_monitor; model_servers/server_core.cc
    /servable\(s\) did not become available/,
    'the server cannot load the model',
    'read what the log says of it; often the image is older than the model, or the model was saved for another server',
    { isFollowing: true },
  ],
  [
    // TEI: text-embeddings-inference, backends/src/lib.rs
    /Could not start a suitable backend|Could not create backend|Model backend is not healthy/,
    'none of its backends can serve this model here',
    'read the lines around it; often the image is one for another type of GPU, or for none: choose the image that fits (image), or nodes (scheduling.nodeSelector); or the model is none that it serves (model)',
    { isFollowing: true },
  ],
])
