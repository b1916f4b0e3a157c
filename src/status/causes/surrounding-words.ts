import type { Bearing } from './model-words.ts'
import type { Words } from './remedies.ts'
import { NETWORK_WORDS } from './network-words.ts'

/** Of what is around a server: memory that the kernel takes back, the network, the GPUs of the node. */
export const SURROUNDING_WORDS: Words<Bearing>[] = [
  [
    // TGI, PyTorch: text-generation-inference, launcher/src/main.rs; torch/utils/data/_utils/signal_handling.py; Python's concurrent.futures
    /signaled to shutdown with signal 9\b|is killed by signal: Killed|exited with code -9\b|terminated by signal (?:9|SIGKILL)|Killed process \d+|line \d+:\s{1,8}\d+ Killed/,
    'one of its processes was killed, most often because the container ran out of memory',
    'raise resources.memory, or let fewer processes load the model at once (args)',
  ],
  ...NETWORK_WORDS,
  [
    // errno 5, 107 and 116, of FUSE and NFS: https://github.com/GoogleCloudPlatform/gcs-fuse-csi-driver/issues/50
    /\[Errno (?:5|107|116)\]|Transport endpoint is not connected|Stale file handle|\(os error (?:5|107|116)\)/,
    'a volume that it reads has failed',
    'look at the file system or the storage driver behind the volume (on the node, too), and delete the pod, so that it is mounted again',
  ],
  [
    // AMD: ROCm: https://rocm.docs.amd.com, groups render and video
    /Unable to open \/dev\/(?:kfd|dri)\S{0,40} .{0,40}Permission denied/,
    'its user may not open the GPU',
    'give it the groups of the device (supplementalGroups in pod.securityContext: those of render and video on the node), or set podSecurity: false',
  ],
  [
    // CUDA's cudaError_t 214, 719 and NVIDIA's Xid messages
    /uncorrectable ECC error|CUDA_ERROR_ECC_UNCORRECTABLE|GPU has fallen off the bus|GPU is lost|Unable to determine the device handle for GPU/,
    'a GPU of its node is broken',
    'cordon the node (kubectl cordon) and delete the pod, so that it goes to another; then reset or replace the GPU (nvidia-smi -q, and Xid errors in dmesg)',
  ],
  [
    // CUDA's cudaErrorSystemNotReady: GPUs that an NVSwitch connects wait for it
    /Error 802: system not yet initialized|CUDA_ERROR_SYSTEM_NOT_READY/,
    'the GPUs of its node are not ready',
    'start the NVIDIA Fabric Manager on the node, in the version of its driver (the GPU operator does, where it manages the driver)',
  ],
]
