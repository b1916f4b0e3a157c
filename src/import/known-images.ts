/** Images by what they are, from the last parts of their repositories; for telling a model server from what stands beside it. */

const SERVERS = [
  'aphrodite',
  'bentoml',
  'huggingfaceserver',
  'infinity',
  'lightgbmserver',
  'llama[.-]?cpp',
  'llm-d(-aws|-cpu|-cuda|-gpu|-inference-sim|-rocm|-xpu)?',
  'lmdeploy',
  'local-?ai',
  'mlserver',
  'nim/.+',
  'ollama',
  'openvino/model_server',
  'paddleserver',
  'pmmlserver',
  'ray(-llm|-ml)?',
  'sglang',
  'sklearnserver',
  'tensorflow[/-]serving(-gpu)?',
  'text-embeddings-inference',
  'text-generation-inference',
  'tgi',
  'torchserve',
  'triton-?(inference-)?(server)?',
  'vllm(-openai|-cpu|-rocm|-tpu)?(-env)?',
  'xgbserver',
  'xinference',
]

const COMPANIONS = [
  'aibrix/runtime',
  'alpine',
  'aws-cli',
  'busybox',
  'cloud-?sql-proxy',
  'cloud-sdk',
  'curl',
  'caddy',
  'datadog-agent',
  '(dd-)?agent',
  'envoy',
  'filebeat',
  'fluent-?bit',
  'fluentd',
  'git-sync',
  'google-cloud-cli',
  'haproxy',
  'kube-rbac-proxy',
  'kubectl',
  'linkerd2?-proxy',
  '(llm-d-)?routing-sidecar',
  'nginx(-unprivileged)?',
  'oauth2-proxy',
  '[a-z0-9-]*exporter',
  '(opentelemetry|otel)-?collector[a-z-]*',
  'promtail',
  'proxyv2',
  'traefik',
  'vault(-agent)?',
  'vector',
]

/** Whether the image is that of a model server as many use it. */
export function isServerImage(image: string): boolean {
  return isOneOf(image, SERVERS)
}

/** Whether the image is that of a proxy, an exporter, another agent or a tool, which serves no model. */
export function isCompanionImage(image: string): boolean {
  return isOneOf(image, COMPANIONS)
}

function isOneOf(image: string, names: readonly string[]): boolean {
  const repository = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
  return new RegExp(`(^|/)(${names.join('|')})$`).test(repository)
}
