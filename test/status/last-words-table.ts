/** Lines about what is around a server and what its process may do, and the words of the spec that the remedy leads to. */
export const AROUND: [family: string, line: string, says: RegExp, remedy: RegExp][] = [
  [
    'TGI',
    'ERROR text_generation_launcher: Shard process was signaled to shutdown with signal 9 rank=0',
    /processes was killed/,
    /resources\.memory/,
  ],
  [
    'PyTorch',
    'RuntimeError: DataLoader worker (pid 214) is killed by signal: Killed. ',
    /processes was killed/,
    /resources\.memory/,
  ],
  [
    'requests',
    "requests.exceptions.SSLError: (SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1017)'))",
    /does not trust the certificate/,
    /REQUESTS_CA_BUNDLE/,
  ],
  [
    'Python',
    'socket.gaierror: [Errno -3] Temporary failure in name resolution',
    /name cannot be resolved/,
    /NetworkPolicy.*HTTPS_PROXY/,
  ],
  [
    'Go',
    'pull model manifest: Get "https://registry.example.com/v2/library/own/manifests/latest": dial tcp: lookup registry.example.com on 10.96.0.10:53: server misbehaving',
    /name cannot be resolved/,
    /DNS/,
  ],
  [
    'transformers',
    "OSError: We couldn't connect to 'https://huggingface.co' to load the files, and couldn't find them in the cached files.",
    /cannot reach/,
    /HF_HUB_OFFLINE/,
  ],
  [
    'CUDA',
    'torch.AcceleratorError: CUDA error: uncorrectable ECC error encountered',
    /GPU of its node is broken/,
    /cordon/,
  ],
  [
    'CUDA',
    'Unexpected error from cudaGetDeviceCount(). Error 802: system not yet initialized',
    /not ready/,
    /Fabric Manager/,
  ],
  [
    'Python',
    "PermissionError: [Errno 13] Permission denied: '/.cache'",
    /may not write/,
    /HF_HOME.*podSecurity/,
  ],
  [
    'Python',
    "OSError: [Errno 30] Read-only file system: '/home/server/.cache/huggingface'",
    /may not write/,
    /emptyDir/,
  ],
  [
    'Go',
    'Error: listen tcp 0.0.0.0:80: bind: permission denied',
    /may not open that port/,
    /above 1023/,
  ],
  ['PyTorch', "KeyError: 'getpwuid(): uid not found: 1000'", /no name in the image/, /USER/],
  [
    'safetensors',
    'safetensors_rust.SafetensorError: Error while deserializing header: HeaderTooLarge',
    /damaged/,
    /git lfs pull/,
  ],
  [
    'huggingface_hub',
    'huggingface_hub.errors.HfHubHTTPError: 429 Client Error: Too Many Requests for url: https://huggingface.co/api/models/org/own',
    /limits how often/,
    /HF_TOKEN/,
  ],
  [
    'google-auth',
    'google.auth.exceptions.DefaultCredentialsError: Your default credentials were not found.',
    /no valid credentials/,
    /serviceAccount/,
  ],
  [
    'botocore',
    'botocore.exceptions.ClientError: An error occurred (ExpiredToken) when calling the ListObjectsV2 operation: The provided token has expired.',
    /no valid credentials/,
    /model\.uri/,
  ],
  ['TorchServe', 'java.lang.OutOfMemoryError: Java heap space', /heap of the JVM/, /-Xmx/],
  [
    'vLLM',
    'ValueError: max_num_batched_tokens (2048) is smaller than max_model_len (8192).',
    /contradict/,
    /args/,
  ],
  [
    'argparse',
    'api_server.py: error: the following arguments are required: --model',
    /argument is missing/,
    /args/,
  ],
  [
    'clap',
    "error: invalid value 'four' for '--num-shard <NUM_SHARD>': invalid digit found in string",
    /argument is missing or has a wrong value/,
    /args/,
  ],
  [
    'Triton compiler',
    'RuntimeError: Triton Error [CUDA]: device kernel image is invalid',
    /type of GPU/,
    /scheduling\.nodeSelector/,
  ],
  ['Ollama', 'Error: model "own" not found, try pulling it first', /no such model/, /model\.uri/],
  [
    'transformers',
    'ValueError: Unrecognized model in /mnt/models. Should have a `model_type` key in its config.json',
    /does not know this kind of model/,
    /newer image/,
  ],
  [
    'bash',
    '/app/start.sh: line 12:     7 Killed                  python -m own.server',
    /processes was killed/,
    /resources\.memory/,
  ],
  // https://github.com/GoogleCloudPlatform/gcs-fuse-csi-driver/issues/50
  [
    'FUSE',
    "OSError: [Errno 107] Transport endpoint is not connected: '/mnt/models/config.json'",
    /volume that it reads/,
    /storage driver/,
  ],
  // errno 5
  [
    'Linux',
    "OSError: [Errno 5] Input/output error: '/mnt/models/model-00003-of-00004.safetensors'",
    /volume that it reads/,
    /file system/,
  ],
  // ROCm
  [
    'AMD',
    'Unable to open /dev/kfd read-write: Permission denied',
    /may not open the GPU/,
    /supplementalGroups/,
  ],
  // ROCm
  ['AMD', 'RuntimeError: No HIP GPUs are available', /finds no GPU/, /resources\.gpus/],
  // cudaError_t 46
  [
    'CUDA',
    'RuntimeError: CUDA error: CUDA-capable device(s) is/are busy or unavailable',
    /in use by another process/,
    /off the GPU/,
  ],
  // huggingface/xet-core: a full disk is told in the words of the store
  [
    'xet',
    'RuntimeError: Data processing error: CAS service error : IO Error: No space left on device (os error 28)',
    /disk that it writes to is full/,
    /ephemeral-storage/,
  ],
]

/** What only sounds like it. */
export const ALIKE = [
  'INFO: [Errno 11] is tried again',
  'INFO: /dev/kfd was opened',
  'INFO: KV cache size: 157216 tokens',
  'INFO: listening on address 0.0.0.0:8000',
  'INFO: NCCL version 2.20.5+cuda12.4',
  'INFO: CUDA memory usage 3.1 GiB of 79.25 GiB',
  'INFO: using model config /mnt/models/config.json',
  'INFO: max_model_len (32768) is derived from the model',
  'INFO: 12 GB of space left on device /dev/nvme1n1',
  'INFO: tensor parallel size 4 divides 32 attention heads',
  'INFO: quantization method awq, trust_remote_code=False',
  'INFO: GPU 0: 0 uncorrectable errors',
  'INFO: certificate /etc/tls/tls.crt verified',
  'INFO: names are resolved by 10.96.0.10',
  'INFO: a self-signed certificate was generated for localhost',
  'INFO: LoRA rank 16, max_lora_rank 16, 64 threads',
  'INFO: 504 requests were served',
  'INFO: chat template /templates/own.jinja was loaded',
  "KeyError: 'own'",
  'INFO: os.py", line 679: environment has 12 variables',
  'INFO: permission checks are on, cache /.cache is read-only',
  'INFO: no limit of requests (429) is set',
  'INFO: safetensors 0.5.3 is used to load weights',
  'INFO: arguments: --model /mnt/models --port 8000',
]
