import test from 'ava'
import { understood } from '../../src/status/causes/understood.ts'
import { explain, viewOf } from '../../src/status/index.ts'
import { crashedBy } from './crashed.ts'
import { CHILDREN } from './last-words-children.ts'
import { REPORTED } from './last-words-reported.ts'
import { ALIKE, AROUND } from './last-words-table.ts'

/** Lines such as servers write before they end, and the word of the spec that the remedy leads to. */
const RECORDED: [family: string, line: string, says: RegExp, remedy: RegExp][] = [
  [
    'vLLM',
    "ValueError: To serve at least one request with the models's max seq len (262144), (16.0 GiB KV cache is needed, which is larger than the available KV cache memory (9.6 GiB). Based on the available memory, the estimated maximum model length is 157216.",
    /KV cache/,
    /args.*resources\.gpuMemory/,
  ],
  [
    'vLLM',
    'ValueError: No available memory for the cache blocks. Try increasing `gpu_memory_utilization` when initializing the engine.',
    /KV cache/,
    /resources\.gpuMemory/,
  ],
  [
    'vLLM',
    'ValueError: Free memory on device (3.1/79.25 GiB) on startup is less than desired GPU memory utilization (0.9, 71.33 GiB).',
    /another process/,
    /--gpu-memory-utilization/,
  ],
  [
    'vLLM',
    'ValueError: Bfloat16 is only supported on GPUs with compute capability of at least 8.0. Your Tesla T4 GPU has compute capability 7.5.',
    /bfloat16/,
    /--dtype=half/,
  ],
  [
    'SGLang',
    'RuntimeError: Not enough memory. Please try to increase --mem-fraction-static.',
    /KV cache/,
    /args/,
  ],
  [
    'TGI',
    'RuntimeError: Not enough memory to handle 4096 prefill tokens. You need to decrease `--max-batch-prefill-tokens`',
    /KV cache/,
    /args/,
  ],
  [
    'TEI',
    'Runtime compute cap 75 is not compatible with compile time compute cap 80',
    /type of GPU/,
    /scheduling\.nodeSelector/,
  ],
  [
    'llama.cpp',
    'ggml_backend_cuda_buffer_type_alloc_buffer: allocating 590.07 MiB on device 0: cudaMalloc failed: out of memory',
    /memory of the GPU/,
    /resources\.gpuMemory/,
  ],
  [
    'llama.cpp',
    'gguf_init_from_file: failed to open GGUF file /models/model.gguf',
    /no configuration, tokenizer or weights/,
    /model\.uri/,
  ],
  ['Ollama', 'Error: pull model manifest: file does not exist', /no such model/, /model\.uri/],
  [
    'Ollama',
    'Error: listen tcp 0.0.0.0:11434: bind: address already in use',
    /port is in use/,
    /port/,
  ],
  [
    'Triton',
    'error: creating server: Internal - failed to load all models',
    /weights/,
    /model\.uri/,
  ],
  [
    'Triton',
    "Unable to initialize shared memory key 'triton_python_backend_shm_region_1' to requested size (67108864 bytes).",
    /\/dev\/shm/,
    /sharedMemory/,
  ],
  [
    'TF Serving',
    "No versions of servable digits found under base path /models/digits. Did you forget to name your leaf directory as a number (eg. '/1/')?",
    /weights/,
    /model\.uri/,
  ],
  [
    'TorchServe',
    'org.pytorch.serve.archive.model.ModelNotFoundException: Model not found at: digits.mar',
    /weights/,
    /model\.uri/,
  ],
  ["KServe's own", 'kserve.errors.ModelMissingError: /mnt/models', /weights/, /model\.uri/],
  [
    "KServe's own",
    'botocore.exceptions.NoCredentialsError: Unable to locate credentials',
    /credentials/,
    /model\.uri/,
  ],
  [
    'PyTorch',
    'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.',
    /memory of the GPU/,
    /resources\.gpuMemory/,
  ],
  [
    'PyTorch',
    'RuntimeError: CUDA error: no kernel image is available for execution on the device',
    /type of GPU/,
    /scheduling\.nodeSelector/,
  ],
  [
    'PyTorch',
    "RuntimeError: DataLoader worker (pid 71) is killed by signal: Bus error. It is possible that dataloader's workers are out of shared memory. Please try to raise your shared memory limit.",
    /\/dev\/shm/,
    /sharedMemory/,
  ],
  [
    'NCCL',
    'torch.distributed.DistBackendError: NCCL error in: ProcessGroupNCCL.cpp:1970, unhandled cuda error, NCCL version 2.20.5',
    /NCCL/,
    /resources\.gpus/,
  ],
  [
    'CUDA',
    'The NVIDIA driver on your system is too old (found version 11040).',
    /driver is older/,
    /scheduling\.nodeSelector/,
  ],
  ['CUDA', 'RuntimeError: No CUDA GPUs are available', /no GPU/, /resources\.gpus/],
  [
    'Hugging Face',
    'huggingface_hub.errors.GatedRepoError: 401 Client Error. Cannot access gated repo for url https://huggingface.co/org/model/resolve/main/config.json.',
    /no such model/,
    /HF_TOKEN/,
  ],
  [
    'Transformers',
    "OSError: Can't load tokenizer for '/mnt/models'. If you were trying to load it from 'https://huggingface.co/models', make sure you don't have a local directory with the same name.",
    /tokenizer/,
    /model\.uri/,
  ],
  [
    'Transformers',
    "OSError: /mnt/models does not appear to have a file named config.json. Checkout 'https://huggingface.co//mnt/models/tree/None' for available files.",
    /configuration/,
    /model\.uri/,
  ],
  ['Python', "ModuleNotFoundError: No module named 'sentencepiece'", /module is missing/, /image/],
  [
    'glibc',
    "/app/server: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /app/server)",
    /library/,
    /image/,
  ],
  [
    'any',
    'api_server.py: error: unrecognized arguments: --max-model-length=4096',
    /does not know one of its arguments/,
    /args/,
  ],
  [
    'vLLM',
    "Value error, User-specified max_model_len (65536) is greater than the derived max_model_len (max_position_embeddings=32768.0 or model_max_length=None in model's config.json). This may lead to incorrect model outputs or CUDA errors.",
    /longer sequences than the model knows/,
    /--max-model-len/,
  ],
  [
    'vLLM',
    'ValueError: Total number of attention heads (32) must be divisible by tensor parallel size (3).',
    /cannot be divided/,
    /resources\.gpus/,
  ],
  [
    'vLLM',
    'ValueError: The quantization method awq is not supported for the current GPU. Minimum capability: 75. Current capability: 70.',
    /quantization/,
    /scheduling\.nodeSelector/,
  ],
  [
    'vLLM',
    "Value error, Model architectures ['ApertusForCausalLM'] are not supported for now. Supported architectures: dict_keys(['AquilaModel'])",
    /does not know this kind of model/,
    /newer image/,
  ],
  [
    'transformers',
    'ValueError: The repository for example/own-model contains custom code which must be executed to correctly load the model. Please pass the argument `trust_remote_code=True` to allow custom code to be run.',
    /code of its own/,
    /--trust-remote-code/,
  ],
  [
    'transformers',
    'ValueError: The checkpoint you are trying to load has model type `newest` but Transformers does not recognize this architecture.',
    /does not know this kind of model/,
    /newer image/,
  ],
  [
    'any',
    "OSError: [Errno 28] No space left on device: '/mnt/models/model-00003-of-00004.safetensors'",
    /disk that it writes to is full/,
    /volumes.*ephemeral-storage/,
  ],
  [
    'llama.cpp',
    "start: couldn't bind HTTP server socket, hostname: 0.0.0.0, port: 8080",
    /port is in use/,
    /sidecars/,
  ],
  [
    'Ollama',
    'Error: model requires more system memory (44.0 GiB) than is available (7.6 GiB)',
    /more memory than there is/,
    /resources\.memory/,
  ],
  [
    'TorchServe',
    'org.pytorch.serve.wlm.WorkerThread - Load model failed: own_model, error: Worker died.',
    /worker of the model ended/,
    /resources\.memory/,
  ],
  [
    'TF Serving',
    'FileSystemStoragePathSource encountered a filesystem access error: Could not find base path /mnt/models for servable own',
    /no configuration, tokenizer or weights/,
    /model\.uri/,
  ],
  [
    'TEI',
    'Error: Could not create backend Caused by: Could not start backend: Could not start a suitable backend',
    /none of its backends/,
    /image/,
  ],
  ...AROUND,
  ...REPORTED,
  ...CHILDREN,
  ['any', 'exec /app/server: exec format error', /another CPU/, /scheduling\.nodeSelector/],
]

const diagnose = (message: string, restarts?: number) => {
  const object = crashedBy(message, { restartCount: restarts ?? 4 })
  return explain({ object, related: viewOf([object]), now: '2026-11-21T10:05:00Z' })[0]
}

for (const [family, line, says, remedy] of RECORDED) {
  test(`T3 · last words of ${family}: ${line.slice(0, 70)}`, t => {
    const found = diagnose(line)
    t.is(found?.cause, 'crash-loop')
    const isPassing = understood(line)?.words.isPassing === true
    t.is(found?.outlook, isPassing ? undefined : 'hopeless')
    t.regex(found?.summary ?? '', says)
    t.regex(found?.remedy ?? '', remedy)
  })
}

test('T3 · words that only sound alike lead to the log', t => {
  for (const line of ALIKE) {
    const found = diagnose(line)
    t.regex(found?.summary ?? '', /exit code 1: an error of the application/, line)
  }
})

test('T3 · a first crash is explained and waited for', t => {
  const found = diagnose('torch.OutOfMemoryError: CUDA out of memory.', 1)
  t.is(found?.outlook, undefined)
  t.regex(found?.summary ?? '', /memory of the GPU/)
})
