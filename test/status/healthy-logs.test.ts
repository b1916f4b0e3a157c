import test from 'ava'
import { understood } from '../../src/status/causes/understood.ts'
import { likelyIn } from '../../src/status/causes/likely-words.ts'

/** What servers write while all is well, or well enough: none of it is a reason for an end, and none hides the reason that follows. */
const HEALTHY: Record<string, string[]> = {
  vLLM: [
    'INFO 11-21 10:00:01 [__init__.py:244] Automatically detected platform cuda.',
    'WARNING 11-21 10:00:02 [topk_topp_sampler.py:69] FlashInfer is not available. Falling back to the PyTorch-native implementation.',
    '(EngineCore_0 pid=271) WARNING 11-21 10:00:03 [custom_all_reduce.py:137] Custom allreduce is disabled because your platform lacks GPU P2P capability',
    'INFO 11-21 10:00:04 [gpu_worker.py:227] Available KV cache memory: 48.32 GiB',
    'INFO 11-21 10:00:05 [kv_cache_utils.py:715] GPU KV cache size: 351,856 tokens',
    'INFO 11-21 10:00:05 [parallel_state.py:1065] rank 0 in world size 1 is assigned as DP rank 0, PP rank 0, TP rank 0',
    'Loading safetensors checkpoint shards:  25% Completed | 1/4 [00:00<00:01,  2.04it/s]',
    'INFO:     Started server process [1]',
    'INFO:     10.0.0.9:41022 - "GET /health HTTP/1.1" 200 OK',
  ],
  huggingface_hub: [
    "WARNING: Xet Storage is enabled for this repo, but the 'hf_xet' package is not installed. Falling back to regular HTTP download.",
    "WARNING huggingface_hub.file_download: Error while downloading from https://cas-bridge.xethub.hf.co/x: HTTPSConnectionPool(host='cas-bridge.xethub.hf.co', port=443): Read timed out. Trying to resume download...",
  ],
  'TensorFlow and Triton without a GPU': [
    '2026-11-21 10:00:01.101: E external/local_xla/xla/stream_executor/cuda/cuda_driver.cc:266] failed call to cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected',
    "2026-11-21 10:00:01.102: W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudart.so.11.0'; dlerror: libcudart.so.11.0: cannot open shared object file: No such file or directory",
    'W1121 10:00:01.103 1 pinned_memory_manager.cc:271] Unable to allocate pinned system memory, pinned memory pool will not be available: CUDA driver version is insufficient for CUDA runtime version',
    'I1121 10:00:01.104 1 server.cc:674] successfully loaded model own',
  ],
  'TGI, Ollama, llama.cpp, Ray': [
    "2026-11-21T10:00:01Z  WARN text_generation_launcher: Could not import Flash Attention enabled models: No module named 'dropout_layer_norm'",
    'time=2026-11-21T10:00:01Z level=INFO source=gpu.go:386 msg="no compatible GPUs were discovered"',
    'time=2026-11-21T10:00:01Z level=WARN source=sched.go:10 msg="model requires more system memory is not what this says"',
    '{"level":"info","message":"address already in use is what this server waits for to pass"}',
    'warning: no usable GPU found, --gpu-layers option will be ignored',
    'UserWarning: resource_tracker: There appear to be 1 leaked shared_memory objects to clean up at shutdown',
  ],
}

/** Those that the table would know, if a server wrote them as errors. */
const TEMPTING = /cas-bridge|level=WARN|address already/

for (const [server, lines] of Object.entries(HEALTHY)) {
  test(`T3 · an ordinary log of ${server} explains nothing`, t => {
    for (const line of lines) {
      if (!TEMPTING.test(line)) t.is(understood(line), undefined, line)
      t.is(likelyIn(line), undefined, line)
    }
  })

  test(`T3 · an ordinary log of ${server} does not hide what follows`, t => {
    const last = 'OSError: [Errno 28] No space left on device'
    const found = understood([...lines, last].join('\n'))
    t.is(found?.line, last)
  })
}

test('T3 · what is only remarked counts where nothing worse is said', t => {
  const line = 'WARNING: No space left on device, going on without a cache'
  t.is(understood(`${line}\nbye`)?.line, line)
})
