import type { Bearing } from './model-words.ts'
import type { Words } from './remedies.ts'

/** Of what a server has to say of its GPUs: how they talk, what they are, which driver they have, how many there are. */
export const GPU_WORDS: Words<Bearing>[] = [
  [
    // NCCL's misc/socket.cc, and gloo's transport
    /socketStartConnect|socketPollConnect|Bootstrap : no socket interface found|ncclSocketInit|NET\/(?:Socket|IB) : No (?:usable|device)|[Uu]nable to find (?:address for|interface)/,
    'its GPUs cannot talk over the network (NCCL): it takes an interface that does not lead to the others, or something is in the way',
    'name the interface of the pods by env (NCCL_SOCKET_IFNAME: eth0, GLOO_SOCKET_IFNAME likewise), and let the pods reach one another on all ports (a NetworkPolicy, a service mesh)',
  ],
  [
    // NCCL's src/init.cc, PyTorch's NCCLUtils.hpp, vLLM's pynccl; https://github.com/vllm-project/vllm/issues/7466, …/10626, …/6574
    /NCCL error|nccl(?:System|Internal|Remote|UnhandledCuda)Error|ncclInvalid(?:Usage|Argument)/,
    'its GPUs cannot talk to one another (NCCL)',
    'raise sharedMemory, and give as many GPUs (resources.gpus) as the server is told to use (args: tensor parallelism); NCCL_DEBUG: INFO by env has it say why',
  ],
  [
    // c10/cuda; text-embeddings-inference, backends/candle/src/lib.rs
    /no kernel image is available for execution|device kernel image is invalid|is not compatible with the current PyTorch installation|compute cap \d+ is not compatible|Runtime compute cap \d+ is not compatible/,
    'the image has no code for this type of GPU',
    'use an image that is built for it, or choose nodes with another type of GPU (scheduling.nodeSelector)',
  ],
  [
    // vLLM: vllm/platforms/cuda.py
    /Bfloat16 is only supported on GPUs with compute capability/,
    'this type of GPU has no bfloat16',
    'set --dtype=half in args, or choose nodes with a newer type of GPU (scheduling.nodeSelector)',
  ],
  [
    // CUDA's cudaError_t 35, 222, 803, 804; https://github.com/vllm-project/vllm/issues/4940, https://github.com/modelscope/FunASR/issues/2973
    /CUDA driver version is insufficient|driver on your system is too old|forward compatibility was attempted on non supported HW|provided PTX was compiled with an unsupported toolchain|unsupported display driver \/ cuda driver combination/,
    "the node's GPU driver is older than the image's CUDA",
    'use an image with an older CUDA, or choose nodes with a newer driver (scheduling.nodeSelector)',
  ],
  [
    // c10/cuda, vllm/config; libcuda.so.1 is of the driver, which the runtime mounts with a GPU: https://github.com/ggml-org/llama.cpp/issues/7822,
    // https://github.com/llm-d/llm-d-deployer/issues/273, https://github.com/vllm-project/vllm/issues/13946
    /No (?:CUDA|HIP) GPUs are available|no ROCm-capable device is detected|No neuron device available|Found no NVIDIA driver|no CUDA-capable device is detected|Failed to infer device type|vLLM is running on UnspecifiedPlatform|NVML Shared Library Not Found|libcuda\.so\.1: cannot open shared object file/,
    'it finds no GPU',
    "ask for one (resources.gpus); where it has one, let the node's NVIDIA runtime make the container (scheduling.runtimeClass, such as nvidia); or use an image and args for the CPU",
  ],
  [
    // vLLM: vllm/config/parallel.py, vllm/executor/ray_utils.py; CUDA's cudaError_t 101
    /World size \(\d+\) is larger than the number of available GPUs|invalid device ordinal|number of required GPUs exceeds the total number of available GPUs/,
    'it is told to use more GPUs than it has',
    'set resources.gpus and the tensor parallelism in args to the same number',
  ],
  [
    // NVML's error 18: the driver's library was renewed, its kernel module was not
    /Failed to initialize NVML: Driver\/library version mismatch/,
    'the GPU driver of its node was updated, but the old kernel module is still loaded',
    'restart the node (kubectl drain it before), so that it loads its new driver',
  ],
  [
    // NVIDIA/nvidia-container-toolkit, docs: devices are lost when systemd reloads its units
    /Failed to initialize NVML: Unknown Error/,
    'its container has lost its GPU',
    'delete the pod, so that it is made anew; where it comes back, look at the NVIDIA container toolkit of the node (CDI in the place of its hook)',
  ],
  [
    // CUDA's cudaError_t 801; https://github.com/huggingface/text-generation-inference/issues/615
    /CUDA error: (?:operation not supported|API call is not supported)/,
    'its GPU cannot do what it asks for, as a virtual one without unified memory',
    'choose nodes with whole GPUs (scheduling.nodeSelector), or have the vGPU of the node allow unified memory',
  ],
  [
    // vLLM, SGLang: custom_all_reduce.cuh; https://github.com/sgl-project/sglang/issues/9706
    /custom_all_?reduce\.cuh:\d/,
    'its GPUs cannot share memory as it wants to',
    'set --disable-custom-all-reduce in args',
  ],
  [
    // PyTorch: gloo/transport/tcp; https://github.com/sgl-project/sglang/issues/4205
    /gloo\/transport\/.{0,200}(?:Connection (?:closed|reset)|[Tt]imed? ?out)/,
    'another worker of the model has ended, or does not answer',
    'read what the other workers or processes wrote: what ended the first of them says why',
  ],
  [
    // PyTorch: torch/distributed, TCPStore
    /DistStoreError: Timed out after \d+ seconds waiting for clients|client socket has timed out after \d+s/,
    'the other workers of the model did not come',
    'check that all of them run and reach one another (a NetworkPolicy, the addresses and numbers of nodes in args)',
  ],
  [
    // Of Gaudi (synStatus 8), Neuron (libnrt), TPU (libtpu), Ascend (ACL): their devices come by a plugin, under a name of their own
    /synStatus=8\b|nrt_allocate_neuron_cores|Logical Neuron Core\(s\) not available|No (?:neuron|TPU|HPU|XPU|NPU) devices? (?:is |are )?(?:available|found)|TPU initialization failed|Unable to initialize backend 'tpu'|Couldn't open iommu group|drvRet=\d/i,
    'it does not get the accelerators that it wants',
    'ask for as many as args say, by the name that the nodes offer (resources.gpus, resources.gpuResource, such as habana.ai/gaudi, aws.amazon.com/neuron or google.com/tpu), on nodes that have them (scheduling.nodeSelector)',
  ],
  [
    // CUDA's cudaError_t 46; Gaudi's synStatus 26
    /device\(s\) is\/are busy or unavailable|Device acquire failed/,
    'its GPU is in use by another process',
    'keep other pods off the GPU (time slicing and MPS of the device plugin share it), or look on the node for what still has it (nvidia-smi)',
  ],
]
