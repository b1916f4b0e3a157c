/** Lines of public reports and of sources, and the words of the spec that the remedy leads to. */
export const REPORTED: [family: string, line: string, says: RegExp, remedy: RegExp][] = [
  // https://github.com/MiniMax-AI/MiniMax-01/issues/42
  [
    'NCCL',
    'torch.distributed.DistBackendError: NCCL error in: /pytorch/torch/csrc/distributed/c10d/NCCLUtils.hpp:268, unhandled system error (run with NCCL_DEBUG=INFO for details), NCCL version 2.21.5',
    /NCCL/,
    /sharedMemory.*NCCL_DEBUG/,
  ],
  // ATen/MapAllocator.cpp
  [
    'PyTorch',
    'RuntimeError: unable to write to file </torch_1_2873_3>: No space left on device (28)',
    /\/dev\/shm/,
    /sharedMemory/,
  ],
  // https://github.com/vllm-project/vllm/issues/4940
  [
    'CUDA',
    'RuntimeError: Unexpected error from cudaGetDeviceCount(). Did you run some cuda functions before calling NumCudaDevices() that might have already set an error? Error 804: forward compatibility was attempted on non supported HW',
    /driver is older/,
    /scheduling\.nodeSelector/,
  ],
  // https://github.com/modelscope/FunASR/issues/2973
  [
    'CUDA',
    'RuntimeError: The NVIDIA driver on your system is too old (found version 12080). Please update your GPU driver',
    /driver is older/,
    /older CUDA/,
  ],
  // https://github.com/llm-d/llm-d-deployer/issues/273
  ['vLLM', 'RuntimeError: Failed to infer device type', /finds no GPU/, /scheduling\.runtimeClass/],
  // https://github.com/ggml-org/llama.cpp/issues/7822
  [
    'llama.cpp',
    '/server: error while loading shared libraries: libcuda.so.1: cannot open shared object file: No such file or directory',
    /finds no GPU/,
    /resources\.gpus/,
  ],
  // https://github.com/ggml-org/llama.cpp/issues/23517
  [
    'llama.cpp',
    '/app/llama-server: error while loading shared libraries: libllama-common.so.0: cannot open shared object file: No such file or directory',
    /library is missing/,
    /image/,
  ],
  // https://github.com/vllm-project/vllm/issues/3630
  [
    'PyTorch',
    'ImportError: /usr/local/lib/python3.10/dist-packages/vllm/_C.cpython-310-x86_64-linux-gnu.so: undefined symbol: _ZN3c104cuda9SetDeviceEi',
    /library is missing/,
    /image/,
  ],
  // https://github.com/vllm-project/vllm/issues/2236
  [
    'Python',
    "/usr/bin/python3: Error while finding module specification for 'vllm.entrypoints.openai.api_server' (ModuleNotFoundError: No module named 'vllm')",
    /module is missing/,
    /mounted over its folder/,
  ],
  // https://github.com/huggingface/huggingface_hub/issues/2742
  [
    'Python',
    'OSError: [Errno 122] Disk quota exceeded',
    /disk that it writes to is full/,
    /ephemeral-storage/,
  ],
  // https://github.com/huggingface/transformers/issues/37367
  [
    'xet',
    'RuntimeError: Data processing error: CAS service error : ReqwestMiddleware Error: Request failed after 5 retries',
    /Xet/,
    /HF_HUB_DISABLE_XET/,
  ],
  // https://github.com/kserve/kserve/issues/3171
  [
    'botocore',
    'botocore.exceptions.SSLError: SSL validation failed for https://minio.storage.svc:9000/models [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:1006)',
    /has expired/,
    /renew/,
  ],
  // Python's ssl
  [
    'Python',
    "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch, certificate is not valid for 'minio.storage.svc'. (_ssl.c:1006)",
    /for another name/,
    /name of its certificate/,
  ],
  // Go's crypto/tls
  [
    'Ollama',
    'Error: pull model manifest: Get "https://registry.example.com/v2/library/own/manifests/latest": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    /does not trust/,
    /SSL_CERT_FILE/,
  ],
  // hf-hub, as TEI and TGI use it
  [
    'reqwest',
    'request error: error sending request for url (https://huggingface.co/org/own): client error (Connect): dns error: failed to lookup address information: Name or service not known',
    /name cannot be resolved/,
    /DNS/,
  ],
  // BusyBox
  ['BusyBox', "wget: bad address 'objects.example.com'", /name cannot be resolved/, /DNS/],
  // botocore/exceptions.py
  [
    'botocore',
    'botocore.exceptions.ConnectTimeoutError: Connect timeout on endpoint URL: "https://objects.example.com/models?prefix=own"',
    /cannot reach/,
    /HTTPS_PROXY/,
  ],
  // google/api_core/exceptions.py
  [
    'google-api-core',
    'google.api_core.exceptions.RetryError: Timeout of 120.0s exceeded, last exception: HTTPSConnectionPool(host=...)',
    /cannot reach/,
    /NetworkPolicy/,
  ],
  // https://github.com/runpod-workers/worker-vllm/issues/46
  [
    'huggingface_hub',
    'huggingface_hub.utils._errors.HfHubHTTPError: 504 Server Error: Gateway Time-out for url: https://huggingface.co/api/models/org/own',
    /HTTP 5xx/,
    /HF_HUB_OFFLINE/,
  ],
  // https://github.com/vllm-project/vllm/issues/5645
  [
    'OpenBLAS',
    'OpenBLAS blas_thread_init: pthread_create failed for thread 50 of 64: Resource temporarily unavailable',
    /threads/,
    /OMP_NUM_THREADS/,
  ],
  // errno(3)
  [
    'Python',
    "OSError: [Errno 24] Too many open files: '/proc/1/fd'",
    /too many open files/,
    /fs\.inotify/,
  ],
  // vllm/lora/worker_manager.py
  ['vLLM', 'ValueError: LoRA rank 64 is greater than max_lora_rank 16.', /rank/, /--max-lora-rank/],
  // vllm/model_executor/model_loader/default_loader.py
  [
    'vLLM',
    'RuntimeError: Cannot find any model weights with `/mnt/models`',
    /weights/,
    /model\.uri/,
  ],
  // https://github.com/vllm-project/vllm/issues/13451
  [
    'vLLM',
    'ValueError: No supported config format found in /mnt/models.',
    /configuration/,
    /model\.uri/,
  ],
  // src/model_repository_manager.cc
  [
    'Triton',
    'E1121 10:05:22.188450 1 model_repository_manager.cc:1460] "Poll failed for model directory \'lost+found\': Invalid model name"',
    /weights/,
    /model\.uri/,
  ],
  // https://github.com/kserve/kserve/issues/3499
  [
    "KServe's own",
    "FileNotFoundError: [Errno 2] No such file or directory: '/mnt/models'",
    /weights/,
    /model\.uri/,
  ],
  // huggingface_hub/utils/_validators.py
  [
    'huggingface_hub',
    "huggingface_hub.errors.HFValidationError: Repo id must be in the form 'repo_name' or 'namespace/repo_name': '/mnt/models'.",
    /configuration, tokenizer or weights/,
    /model\.uri/,
  ],
  // huggingface_hub/errors.py
  [
    'huggingface_hub',
    'huggingface_hub.errors.RevisionNotFoundError: 404 Client Error. Revision Not Found for url: https://huggingface.co/org/own/resolve/v9/config.json.',
    /no such model/,
    /model\.uri/,
  ],
  // torch/_inductor, Triton
  [
    'PyTorch',
    'torch._inductor.exc.InductorError: RuntimeError: Failed to find C compiler. Please specify via CC environment variable',
    /compiler/,
    /--enforce-eager/,
  ],
  // cudaError_t 101
  [
    'CUDA',
    'RuntimeError: CUDA error: invalid device ordinal',
    /more GPUs than it has/,
    /resources\.gpus/,
  ],
  // NVML
  [
    'NVIDIA',
    'Failed to initialize NVML: Driver/library version mismatch',
    /driver of its node was updated/,
    /restart the node/,
  ],
  // NVIDIA/nvidia-container-toolkit
  ['NVIDIA', 'Failed to initialize NVML: Unknown Error', /lost its GPU/, /delete the pod/],
  // torch/distributed
  [
    'PyTorch',
    'torch.distributed.DistStoreError: Timed out after 601 seconds waiting for clients. 1/2 clients joined.',
    /other workers/,
    /args/,
  ],
  // sglang/srt/model_executor/model_runner.py
  [
    'SGLang',
    'ValueError: The memory capacity is unbalanced. Some GPUs may be occupied by other processes. pre_model_load_memory=20.1, local_gpu_memory=78.9',
    /another process/,
    /--mem-fraction-static/,
  ],
  // vllm/model_executor/model_loader/utils.py
  [
    'vLLM',
    'ValueError: Model OwnForCausalLM does not support LoRA, but LoRA is enabled. Support for this model may be added in the future.',
    /takes no adapters/,
    /adapters/,
  ],
  // vllm/entrypoints/chat_utils.py
  [
    'vLLM',
    "ValueError: The supplied chat template (/templates/own.jinja) looks like a file path, but it failed to be opened. Reason: [Errno 2] No such file or directory: '/templates/own.jinja'",
    /chat template/,
    /volumes/,
  ],
  // NVIDIA/TensorRT
  [
    'Triton',
    '6: The engine plan file is not compatible with this version of TensorRT, expecting library version 10.3.0.26 got 10.0.1.6, please rebuild.',
    /another TensorRT/,
    /build the engine anew/,
  ],
  // Triton core, src/backend_manager.cc
  [
    'Triton',
    "Invalid argument: unable to find backend library for backend 'vllm', try specifying runtime on the model configuration.",
    /no backend/,
    /image of Triton/,
  ],
  // llama.cpp, src/llama-model-loader.cpp
  [
    'llama.cpp',
    "llama_model_load: error loading model: tensor 'blk.3.ffn_up.weight' data is not within the file bounds, model is corrupted or incomplete",
    /damaged/,
    /fetch the model anew/,
  ],
  // vllm's docs/usage/troubleshooting
  [
    'vLLM',
    "RuntimeError: Cannot re-initialize CUDA in forked subprocess. To use CUDA with multiprocessing, you must use the 'spawn' start method",
    /spawn/,
    /VLLM_WORKER_MULTIPROC_METHOD/,
  ],
  // Python's os.py
  [
    'Python',
    '  File "/usr/lib/python3.11/os.py", line 679, in __getitem__\n    raise KeyError(key) from None\nKeyError: \'MODEL_BUCKET\'',
    /variable of its environment/,
    /env/,
  ],
  // CPython
  [
    'Python',
    "python3: can't open file '/app/serve.py': [Errno 2] No such file or directory",
    /not in the image/,
    /command/,
  ],
  // errno 97
  [
    'Python',
    "OSError: [Errno 97] error while attempting to bind on address ('::', 8000): address family not supported by protocol",
    /address to listen on/,
    /0\.0\.0\.0/,
  ],
  // tensorflow_serving/model_servers/server_core.cc
  [
    'TF Serving',
    "Failed to start server. Error: Unknown: 1 servable(s) did not become available: {{Name: own Version: 1} due to error: Not found: Op type not registered 'OwnOp'}",
    /cannot load the model/,
    /image is older/,
  ],
  // text-embeddings-inference, router
  ['TEI', 'Error: Model backend is not healthy', /none of its backends/, /image/],
  // llama.cpp, common/arg.cpp
  [
    'llama.cpp',
    'error: invalid argument: --flash-attention',
    /does not know one of its arguments/,
    /args/,
  ],
]
