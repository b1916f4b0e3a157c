import { saidBy } from './remedies.ts'

export interface PullProblem {
  /** Follows `cannot be pulled: `. */
  text: string
  remedy: string
  /** Absent where trying again may help. */
  isFinal?: 'at once' | 'when repeated'
  /** The registry wants credentials. */
  isRefusal?: true
}

/** Texts of containerd, CRI-O and registries, most telling first: a refusal often mentions "not found" too. */
const ANSWERS = saidBy<Pick<PullProblem, 'isFinal' | 'isRefusal'>>([
  [
    /toomanyrequests|too many requests|rate limit/i,
    'its registry limits how often it may be pulled',
    'pull with credentials (imagePullSecrets) or through a registry mirror; it is retried automatically',
  ],
  [
    /pull QPS exceeded/,
    'the node pulls too many images at once (pull QPS exceeded)',
    'wait: it is retried automatically',
  ],
  [
    /short name mode is enforcing|short-name .{0,100}did not resolve/,
    'the node takes no short name of an image',
    'name the registry in the image: registry.example.com/repository:tag',
    { isFinal: 'at once' },
  ],
  [
    /media type .{0,200} is no longer supported|schema 1 .{0,100}(?:not|no longer) supported/i,
    "its format is no longer supported by the node's container runtime",
    'build the image anew with a present tool, and push it under another tag',
    { isFinal: 'when repeated' },
  ],
  [
    /x509: |certificate/,
    "the node does not trust its registry's certificate",
    "put the authority that signed the registry's certificate on the node (containerd: certs.d, CRI-O: certs.d of the registry), or renew the certificate",
  ],
  [
    // Go's net and net/http, HTTP/2, a proxy, and answers of a server that is not well
    /no such host|server misbehaving|name resolution|i\/o timeout|connection refused|TLS handshake timeout|deadline exceeded|Client\.Timeout|request canceled|network is unreachable|no route to host|connection reset|broken pipe|gave HTTP response to HTTPS client|proxyconnect|dial (?:tcp|udp)|stream error|GOAWAY|\b50[0234](?: |$)|\bEOF\b/i,
    'its registry cannot be reached from the node',
    "check the registry's name in the image, and the node's DNS, proxy and certificates",
  ],
  [
    // containerd, core/content and image_pull_progress_timeout of its CRI plugin
    /context canceled|failed size validation|unexpected commit digest|failed commit on ref/i,
    'its pull was interrupted, or a layer arrived damaged',
    'wait: it is retried automatically; if it goes on, look at what is between the node and the registry (a proxy or mirror that cuts large layers), or push the image anew',
  ],
  [
    // https://github.com/NVIDIA/k8s-nim-operator/issues/491
    /payment required/i,
    'its registry refuses the account (payment required)',
    'check that the account of the pull secret (imagePullSecrets) has a subscription for this image',
    { isRefusal: true },
  ],
  [
    /unauthorized|authentication required|no basic auth credentials|access denied|denied: |authorization failed|insufficient_scope|authorization token has expired|403 Forbidden/i,
    'its registry refuses it: the pull secret is missing, wrong or expired, or there is no such image',
    "name the registry's pull secret in imagePullSecrets, and check that the Secret exists in the namespace and is not expired",
    { isRefusal: true },
  ],
  [
    /no match for platform|no matching manifest/i,
    "it has no build for the node's CPU architecture",
    'build the image for that architecture, or choose nodes by scheduling.nodeSelector',
    { isFinal: 'when repeated' },
  ],
  [
    /no space left on device/i,
    'there is no space left on the node',
    'free the disk of the node, or choose nodes with more by scheduling.nodeSelector',
  ],
  [
    // containerd in a user namespace, or on a file system without such owners or attributes
    /failed to Lchown|subuid|lsetxattr|mknod .{0,200}not permitted/i,
    "the node's container runtime may not give its files to their owners",
    'build the image with smaller user IDs, or look at the container runtime of the node: its user namespace needs more IDs (/etc/subuid, /etc/subgid), or its file system does not know owners',
  ],
  [
    // After a full disk, which is told in the same words
    /failed to extract layer|wrong diff id/i,
    'a layer of it is damaged, or not what it says',
    'wait: it is retried automatically; if it goes on, push the image anew',
  ],
  [
    /not found|manifest unknown|name unknown|NotFound|does not exist/i,
    'there is no such image or tag in its registry',
    'check the name and tag of the image, and that it has been pushed',
    { isFinal: 'when repeated' },
  ],
])

const INVALID: PullProblem = {
  text: 'its name is not valid',
  remedy: 'correct the image: registry/repository:tag, in lower case',
  isFinal: 'at once',
}

const NEVER_PULLED: PullProblem = {
  text: 'it is not on the node, and imagePullPolicy is Never',
  remedy: 'set imagePullPolicy: IfNotPresent',
  isFinal: 'at once',
}

const UNSIGNED: PullProblem = {
  text: 'the node wants a signature that it has not, or does not trust',
  remedy:
    'sign the image with a key that the node trusts (its policy.json), or correct that policy',
  isFinal: 'at once',
}

const UNKNOWN: PullProblem = {
  text: 'the node could not pull it',
  remedy: "see the evidence for the registry's answer",
}

/** What the registry's or the kubelet's texts say. The image's own name must not be read as part of an answer. */
export function pullProblem(pull: { reason: string; image: string; texts: string[] }): PullProblem {
  if (pull.reason === 'InvalidImageName') return INVALID
  if (pull.reason === 'ErrImageNeverPull') return NEVER_PULLED
  if (pull.reason === 'SignatureValidationFailed') return UNSIGNED
  const image = pull.image === '' ? [] : [pull.image, pull.image.replace(/:[^:/]*$/, '')]
  const answers = pull.texts.map(text =>
    image.reduce((rest, name) => rest.replaceAll(name, ''), text),
  )
  const answer = answers.join('\n')
  return ANSWERS.find(({ pattern }) => pattern.test(answer)) ?? UNKNOWN
}
