import type { Bearing } from './model-words.ts'
import type { Words } from './remedies.ts'

/** Of what the process may do and is given: files that it may not write, ports that it may not open, weights that are none, arguments. */
export const PROCESS_WORDS: Words<Bearing>[] = [
  [
    // Linux keeps ports below 1024 for root: Go's net, nginx, Python's asyncio
    /bind: permission denied|bind\(\) to \S{1,100} failed \(13: Permission denied\)|error while attempting to bind on address .{0,100}permission denied/i,
    'its user may not open that port',
    'let the server listen on a port above 1023 (port, and args), or let it run as root (podSecurity: false)',
  ],
  [
    // Python's OSError, with the path; Rust's std::io::Error; Go's os.PathError
    /PermissionError: \[Errno 13\] Permission denied: ['"]|OSError: \[Errno 30\] Read-only file system|(?:mkdir|open) \/\S{0,300}: (?:permission denied|read-only file system)|Permission denied \(os error 13\)|Read-only file system \(os error 30\)/,
    'it may not write to a folder of its image',
    'let it write to a volume: mount an emptyDir (volumes) and name its path by env (HF_HOME, HOME, or XDG_CACHE_HOME, as the path in the log tells), or set podSecurity: false',
  ],
  [
    // PyTorch: Python's getpass.getuser and pwd, which torch/_inductor asks for the name of its cache
    /getpwuid\(\): uid not found/,
    'its user has no name in the image',
    'say a name by env (USER), or choose an image that has the user, or set podSecurity: false',
  ],
  [
    // safetensors, safetensors/src/tensor.rs; Git LFS leaves a text of three lines where a file was not fetched
    /SafetensorError: |Error while deserializing header|git-lfs\.github\.com\/spec|invalid load key, 'v'/,
    'the weights are damaged, or only pointers of Git LFS',
    'fetch the model anew, whole (git lfs pull where it came by git), and bring it to model.uri again',
  ],
  [
    // huggingface_hub/utils/_http.py
    /429 Client Error: Too Many Requests|HTTP 429|Error code: 429/,
    'what it fetches the model from limits how often that is done',
    'give a token by env (HF_TOKEN from a Secret), or bring the model by a volume or an image (model), so that not each start fetches it',
    { isPassing: true },
  ],
  [
    // KServe's own: google-auth, google-cloud-storage, azure-identity, botocore's ClientError
    /DefaultCredentialsError|does not have storage\.\S+ access|ClientAuthenticationError|AuthorizationPermissionMismatch|\((?:InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken)\)/,
    'it has no valid credentials for where the model is',
    'check the credentials that the ServiceAccount of the pods carries (serviceAccount: its annotations for the cloud, or its Secret), their expiry, and that they may read model.uri',
  ],
  [
    // CPython's _threadmodule.c, OpenBLAS, bash, Go's runtime: https://github.com/vllm-project/vllm/issues/5645
    /can't start new thread|pthread_create(?: failed for thread \d+ of \d+)?: (?:Resource temporarily unavailable|Operation not permitted)|fork: (?:retry: )?Resource temporarily unavailable|failed to create new OS thread/,
    'it cannot start as many threads as it needs',
    'let it start fewer (OMP_NUM_THREADS and OPENBLAS_NUM_THREADS by env, or its workers in args), or raise how many processes a pod may have (podPidsLimit of the kubelet)',
  ],
  [
    // errno 24
    /\[Errno 24\] Too many open files|: too many open files|inotify (?:instance|watch) limit reached/,
    'it has too many open files',
    'raise the limits of its node (fs.inotify.max_user_instances and max_user_watches, LimitNOFILE of the container runtime), or choose nodes with higher ones (scheduling.nodeSelector)',
  ],
  [
    // PyTorch: torch/_inductor, torch/utils/cpp_extension.py, Triton and FlashInfer compile kernels when the server starts; https://github.com/kserve/kserve/issues/4565
    /Failed to find C compiler|fatal error: [\w./-]{1,100}\.h: No such file|cannot find -l\w{1,60}|(?:Could not find|can't find|unable to find) (?:nvcc|ninja|g?cc|CUDA_HOME)|nvcc: (?:command )?not found|Error building extension '|ninja: build stopped|Ninja is required to load|CUDA_HOME environment variable is not set/,
    'the image cannot compile what is needed at startup: it lacks a compiler, or a part of it',
    'use an image that has what is needed (gcc, ninja, Python headers, CUDA with nvcc) or needs none, or set --enforce-eager in args',
  ],
  [
    // huggingface_hub/file_download.py
    /'hf_(?:transfer|xet)' package is not available|HF_HUB_ENABLE_HF_TRANSFER=1\) but/,
    'HF_HUB_ENABLE_HF_TRANSFER asks for a package (hf_transfer) that the image does not have',
    "say HF_HUB_ENABLE_HF_TRANSFER: '0' by env, or use an image with that package",
  ],
  [
    // pip, which Ray runs for its workers, too: ray/_private/runtime_env
    /No matching distribution found for|Could not find a version that satisfies the requirement/,
    'the packages that it wants at startup cannot be installed',
    'use an image that has them (image), or let the pods reach an index that has them',
  ],
  [
    // BentoML: bentoml/_internal/store.py; https://github.com/bentoml/BentoML/issues/4702
    /no (?:Models|Bentos) with name '|is not found in BentoML store/,
    'the model is not in the image of the Bento',
    'build the image anew with the model in it (models in bentofile.yaml, then bentoml build and containerize), or bring it by a volume (model)',
  ],
  [
    // Ray: ray/_private/services.py; https://github.com/vllm-project/vllm/issues/15241
    /Could not find any running Ray instance|Failed to connect to (?:the )?(?:Ray cluster|GCS) at/,
    'it looks for a cluster of Ray that does not run',
    'have it do without Ray in one pod (args: --distributed-executor-backend mp), or start Ray in its pods before it, and name the head by env (RAY_ADDRESS)',
  ],
  [
    // Ray: ray/_private/utils.py, check_version_info; https://github.com/ray-project/ray/issues/44063
    /Version mismatch: The cluster was started with/,
    'it has another version of Ray or of Python than its cluster',
    'use the same image for the head and the workers, or images with the same versions',
  ],
  [
    // TEI: hf-hub (Rust) before 0.4; https://github.com/huggingface/text-embeddings-inference/issues/527
    /builder error: relative URL without a base|RelativeUrlWithoutBase/,
    'it is too old for how the hub of models answers now',
    'use a newer image of the server',
  ],
  [
    // vLLM: torch/cuda/__init__.py; vLLM's docs/usage/troubleshooting
    /Cannot re-initialize CUDA in forked subprocess/,
    "CUDA was initialized before its processes were forked; they have to be started with 'spawn'",
    'say VLLM_WORKER_MULTIPROC_METHOD: spawn by env',
  ],
  [
    // Python's os.environ
    /os\.py", line \d+, in __getitem__[\s\S]{0,300}?KeyError: '\w{1,100}'/,
    'a variable of its environment is missing',
    'set the variable that the log names by env',
    { last: /KeyError: '\w{1,100}'/ },
  ],
  [
    // CPython's main
    /can't open file '[^'\n]{1,300}': \[Errno 2\]/,
    'the file that it shall run is not in the image',
    'correct the path in command or args; where the image has it, a volume may be mounted over its folder (volumes)',
  ],
  [
    // errno 97 and 99, of Python's asyncio and Go's net
    /address family not supported by protocol|\[Errno 99\] .{0,200}bind|bind: cannot assign requested address/i,
    'the pod does not have the address to listen on',
    'let it listen on 0.0.0.0 (args, such as --host)',
  ],
  [
    // TorchServe: The JVM, hotspot/share/runtime/arguments.cpp
    /Unrecognized VM option '|Unrecognized option: -|Invalid (?:maximum|initial) heap size|Error: Unable to access jarfile/,
    'the JVM does not take one of its options',
    'correct the options of the JVM (args, JAVA_TOOL_OPTIONS by env, vmargs of config.properties): another version of it (image) may take them',
  ],
  [
    // TorchServe: The JVM's launcher
    /Could not find or load main class|NoClassDefFoundError|ClassNotFoundException/,
    'a class is missing in the image',
    'use an image that has it, or correct the class in command or args; a volume may be mounted over its folder (volumes)',
  ],
  [
    // TorchServe: The JVM
    /java\.lang\.OutOfMemoryError/,
    'the heap of the JVM is too small',
    'raise -Xmx (vmargs of config.properties, or JAVA_TOOL_OPTIONS by env), within resources.memory',
  ],
  [
    // vLLM, SGLang, TGI: vllm/config/scheduler.py; text-generation-inference, launcher/src/main.rs
    /max_num_batched_tokens \(\d+\) is smaller than max_model_len|`max_total_tokens` must be|`max_batch_prefill_tokens` must be/,
    'its arguments for lengths and batches contradict each other',
    'correct these args: a batch has to hold at least one longest sequence',
  ],
  [
    // Python's argparse, Rust's clap
    /the following arguments are required: |required arguments were not provided|error: invalid value '|error: argument \S{1,80}: |expected one argument/,
    'an argument is missing or has a wrong value',
    'correct args: the line in the log names the argument',
  ],
]
