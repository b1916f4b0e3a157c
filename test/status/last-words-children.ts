/** Of processes that a server has started, and of servers and images that do not fit what they are given. */
export const CHILDREN: [family: string, line: string, says: RegExp, remedy: RegExp][] = [
  // text-generation-inference, launcher/src/main.rs
  [
    'TGI',
    'Error: Download process was signaled to shutdown with signal 7',
    /one of its processes ended by SIGBUS/,
    /sharedMemory/,
  ],
  [
    'TGI',
    'ERROR: Shard process was signaled to shutdown with signal 11',
    /one of its processes ended by SIGSEGV/,
    /image/,
  ],
  ['any', 'Worker 3 exited with code -4', /SIGILL/, /scheduling\.nodeSelector/],
  ['any', 'Fatal Python error: Bus error', /SIGBUS/, /sharedMemory/],
  // python_backend, src/stub_launcher.cc
  [
    'Triton',
    "failed to load 'own' version 1: Internal: Stub process 'own_0_0' is not healthy.",
    /process of a Python model/,
    /sharedMemory/,
  ],
  // huggingface_hub/file_download.py
  [
    'any',
    "ValueError: Fast download using 'hf_transfer' is enabled (HF_HUB_ENABLE_HF_TRANSFER=1) but 'hf_transfer' package is not available in your environment.",
    /hf_transfer/,
    /HF_HUB_ENABLE_HF_TRANSFER: '0' by env/,
  ],
  // bentoml/_internal/store.py
  [
    'BentoML',
    "bentoml.exceptions.NotFound: no Models with name 'own' exist in BentoML store <osfs '/home/bentoml/bento/models'>",
    /not in the image of the Bento/,
    /bentofile\.yaml/,
  ],
  // ray/_private/utils.py
  [
    'Ray',
    'RuntimeError: Version mismatch: The cluster was started with:',
    /another version of Ray/,
    /same image/,
  ],
  [
    'TEI',
    'Error: Could not download model artifacts: request error: builder error: relative URL without a base',
    /too old/,
    /newer image/,
  ],
  // sglang/srt/model_executor/cuda_graph_runner.py
  [
    'SGLang',
    'Exception: Capture cuda graph failed: CUDA out of memory. Tried to allocate 594.00 MiB.',
    /CUDA graphs/,
    /--mem-fraction-static/,
  ],
  ['any', 'RuntimeError: CUDA error: operation not supported', /virtual one/, /vGPU/],
  ['PyTorch', "RuntimeError: Error building extension 'sampling'", /cannot compile/, /nvcc/],
  // kserve_storage/storage_errors.py (0.20)
  [
    "KServe's own",
    'RuntimeError: Failed to download from HuggingFace: HuggingFace authentication failed. Set HF_TOKEN or request access to the gated repository.',
    /may not be read without credentials/,
    /HF_TOKEN/,
  ],
  [
    "KServe's own",
    'Exception: Cannot locate source uri /mnt/pvc/own for PVC',
    /no configuration, tokenizer or weights/,
    /model\.uri/,
  ],
  [
    "KServe's own",
    'exception msg: Check failed: allow_null LocalFileSystem::Open "/mnt/models/model.bst": No such file or directory',
    /no configuration, tokenizer or weights/,
    /model\.uri/,
  ],
  // NVIDIA NIM
  [
    'NIM',
    'Error: Not all of the provided profiles are supported.',
    /no profile/,
    /NIM_MODEL_PROFILE/,
  ],
  ['NIM', 'Exception: Authentication Error', /NGC/, /NGC_API_KEY/],
  // vllm/v1/core
  [
    'vLLM',
    'ValueError: Insufficient GPU memory for KV cache: num_gpu_blocks=0.',
    /KV cache/,
    /--max-model-len/,
  ],
  [
    'vLLM',
    'AssertionError: Error in memory profiling. Initial free memory 43.14 GiB, current free memory 45.20 GiB.',
    /another process/,
    /other pods off the GPU/,
  ],
  [
    'vLLM',
    "Value error, Model architectures ['OwnForCausalLM'] failed to be inspected.",
    /this kind of model/,
    /newer image/,
  ],
  [
    'SGLang',
    'ValueError: Unsupported architectures: OwnForCausalLM. Supported list: dict_keys([])',
    /this kind of model/,
    /newer image/,
  ],
  [
    'LMDeploy',
    'what():  [TM][ERROR] CUDA runtime error: out of memory /lmdeploy/src/turbomind/utils/allocator.h:231',
    /memory of the GPU/,
    /resources\.gpuMemory/,
  ],
  ['any', 'ERROR: No matching distribution found for own==4.51.0', /packages/, /image/],
  [
    'MLServer',
    'mlserver.errors.InvalidModelURI: Invalid URI specified for model own (/mnt/models/own)',
    /no configuration, tokenizer or weights/,
    /model\.uri/,
  ],
  // huggingface's and NVIDIA's clients in Rust (reqwest)
  [
    'NIM',
    'error sending request for url (https://api.ngc.nvidia.com/v2/own/files)',
    /cannot reach/,
    /NetworkPolicy/,
  ],
  ['vLLM', 'ValueError: Loading lora own failed: No adapter found for /own', /adapter/, /adapters/],
  [
    'vLLM',
    'ValueError: type fp8e4nv not supported in this architecture.',
    /quantization/,
    /scheduling\.nodeSelector/,
  ],
  [
    'SGLang',
    'RuntimeError: CUDA error: invalid argument (custom_all_reduce.cuh:455)',
    /share memory/,
    /--disable-custom-all-reduce/,
  ],
  [
    'PyTorch',
    'RuntimeError: [../third_party/gloo/gloo/transport/tcp/pair.cc:534] Connection closed by peer [10.1.2.4]:44001',
    /another worker/,
    /other workers/,
  ],
  [
    'TEI',
    'Could not start backend: GetFileLength for /data/own/model.onnx_data failed:Invalid fd was supplied: -1',
    /no configuration, tokenizer or weights/,
    /model\.uri/,
  ],
  [
    'llama.cpp',
    'llama_model_load_from_file_impl: no backends are loaded. hint: use ggml_backend_load()',
    /no backend/,
    /image/,
  ],
  [
    'llama.cpp',
    'E srv   main: exiting due to model loading error',
    /no configuration, tokenizer or weights/,
    /args/,
  ],
]
