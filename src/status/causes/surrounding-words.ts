import type { LastWords } from './model-words.ts'

/** Of what is around a server: memory that the kernel takes back, the network, the GPUs of the node. */
export const SURROUNDING_WORDS: LastWords[] = [
  {
    family: 'TGI, PyTorch',
    // text-generation-inference, launcher/src/main.rs; torch/utils/data/_utils/signal_handling.py; Python's concurrent.futures
    pattern:
      /signaled to shutdown with signal 9\b|is killed by signal: Killed|exited with code -9\b|terminated by signal (?:9|SIGKILL)|Killed process \d+|line \d+:\s{1,8}\d+ Killed/,
    text: 'one of its processes was killed, most often because the container ran out of memory',
    remedy: 'raise resources.memory, or let fewer processes load the model at once (args)',
  },
  {
    family: 'any',
    // Python's ssl, with which huggingface_hub and requests report it
    pattern: /CERTIFICATE_VERIFY_FAILED|self[- ]signed certificate in certificate chain/,
    text: 'it does not trust the certificate of what it fetches from',
    remedy:
      'mount the certificate of the authority (of a proxy, say) and name it by env (REQUESTS_CA_BUNDLE and SSL_CERT_FILE)',
  },
  {
    family: 'any',
    // Python's socket, urllib3/exceptions.py (NameResolutionError), Go's net
    pattern:
      /Temporary failure in name resolution|Name or service not known|Failed to resolve '|nodename nor servname|lookup \S{1,253} on \S{1,100}: (?:no such host|server misbehaving|read udp)|Could not resolve host/,
    text: 'a name cannot be resolved from the pod',
    remedy:
      'check the name, and that the pods reach DNS and what they fetch from: a NetworkPolicy of the namespace, the proxy (HTTPS_PROXY and NO_PROXY by env); without a way out, bring the model by a volume or an image (model) and say HF_HUB_OFFLINE by env',
  },
  {
    family: 'any',
    // transformers/utils/hub.py, huggingface_hub/file_download.py (LocalEntryNotFoundError)
    pattern:
      /We couldn't connect to 'https?:\/\/|LocalEntryNotFoundError|cannot find the requested files in the (?:local cache|disk cache)|Connection to \S{1,253} timed out|Max retries exceeded with url|ConnectTimeoutError|Network is unreachable/,
    text: 'it cannot reach what it fetches from',
    remedy:
      'let the pods out (a NetworkPolicy of the namespace, the proxy by env: HTTPS_PROXY and NO_PROXY), or bring the model by a volume or an image (model) and say HF_HUB_OFFLINE by env',
  },
  {
    family: 'any',
    // CUDA's cudaError_t 214, 719 and NVIDIA's Xid messages
    pattern:
      /uncorrectable ECC error|CUDA_ERROR_ECC_UNCORRECTABLE|GPU has fallen off the bus|GPU is lost|Unable to determine the device handle for GPU/,
    text: 'a GPU of its node is broken',
    remedy:
      'cordon the node (kubectl cordon) and delete the pod, so that it goes to another; then reset or replace the GPU (nvidia-smi -q, and Xid errors in dmesg)',
  },
  {
    family: 'any',
    // CUDA's cudaErrorSystemNotReady: GPUs that an NVSwitch connects wait for it
    pattern: /Error 802: system not yet initialized|CUDA_ERROR_SYSTEM_NOT_READY/,
    text: 'the GPUs of its node are not ready',
    remedy:
      'start the NVIDIA Fabric Manager on the node, in the version of its driver (the GPU operator does, where it manages the driver)',
  },
]
