import { remedyAgainst, type Remedies } from './remedies.ts'
import { denialIn } from './webhook.ts'

/** What a controller most often means, whatever it is a controller of, and what helps; the first that fits counts. */
const WORDS: Remedies = [
  [
    // Of the API server's authorizer
    /is forbidden: User "system:serviceaccount:([\w.-]{1,253}):([\w.-]{1,253})" cannot (\w{1,30} resource "[\w.-]{1,253}")/,
    (_, [, namespace, name, what]) =>
      `give ServiceAccount ${name} of namespace ${namespace} the right to ${what?.replaceAll('"', '')} (a Role or ClusterRole, and its binding)`,
  ],
  [
    // Of controller-runtime's RESTMapper and of discovery
    /no (?:matches for )?kind "(\w{1,100})"|(?:CRD|CustomResourceDefinition) .{0,200}(?:not (?:found|installed)|missing)|could not find the requested resource/,
    (_, [, kind]) =>
      `install what brings the kind${kind === undefined ? ' that the message names' : ` ${kind}`} (its CustomResourceDefinition), in a version that has it`,
  ],
  [
    /exceeded quota: ([\w.-]{1,253})/,
    (_, [, quota]) =>
      `raise ResourceQuota ${quota}, end what uses it up, or ask for less (resources, replicas)`,
  ],
  [
    /failed calling webhook "([^"]{1,253})"/,
    (_, [, name]) =>
      `check that what serves the webhook ${name} runs (kubectl get mutatingwebhookconfigurations,validatingwebhookconfigurations)`,
  ],
  [
    /\b(secret|configmap|serviceaccount|persistentvolumeclaim|service|storageclass|priorityclass|gatewayclass|namespace)s?(?:\.[\w.-]{1,253})? "?([\w./-]{1,253})"?:? (?:was |is |does )?not (?:found|exist)/i,
    (_, [, kind, name]) =>
      `create the ${kind?.toLowerCase()} ${name} that the message names, in its namespace, or correct the reference to it`,
  ],
  [
    // Of the clouds' authorization: AWS, Azure, Google
    /not authorized to perform:? ['"]?([\w-]{1,60}:\w{1,80})|does not have authorization to perform action '([^']{1,200})'|[Pp]ermission '?([\w-]{1,60}\.\w[\w.]{1,100})'? (?:denied|is missing)/,
    (_, [, aws, azure, google]) =>
      `allow ${aws ?? azure ?? google} to the account that the message names, in the cloud's access management (IAM)`,
  ],
  [
    /x509: |certificate (?:verify failed|has expired|signed by|is not)|tls: |self[- ]signed/i,
    'have it trust the certificate of what it asks (its bundle of authorities), or renew that certificate',
  ],
  [
    /no such host|server misbehaving|name resolution|could not resolve/i,
    'correct the name of the host that it asks, or look at DNS of the cluster',
  ],
  [
    /\b429\b|too many requests|rate ?limit|throttl/i,
    'wait: it tries again; if it goes on, raise the limit of what it asks, or have it ask less often',
  ],
  [
    /quota.{0,80}(?:exceed|reached|insufficient)|(?:exceed|insufficient).{0,80}quota|InsufficientInstanceCapacity|(?:Zonal)?ResourcePoolExhausted|RESOURCE_POOL_EXHAUSTED|out of (?:capacity|stock)|LimitExceeded|SkuNotAvailable|AllocationFailed/i,
    'raise the quota or limit that the message names, end what uses it up, or ask for another size or zone',
  ],
  [
    /\b401\b|unauthori[sz]ed|unauthenticated|(?:invalid|expired|bad|wrong|incorrect|missing) (?:\w{1,30} )?(?:token|credential|password|api[ -]?key)|token (?:has |is )?(?:expired|invalid)|ExpiredToken|password authentication failed|login failed/i,
    'renew or correct the credentials that it uses (their Secret)',
  ],
  [
    /\b403\b|forbidden|access ?denied|permission ?denied|not authorized/i,
    'allow its account what the message names, or give it credentials that may',
  ],
  [
    /already exists|conflicts? with|is already (?:used|managed|bound|allocated|owned)|AlreadyExists/i,
    'delete or rename what is in its way: the message names it',
  ],
  [
    /field is immutable|may not change once set|cannot be changed/i,
    'delete the object that the message names, so that it is made anew',
  ],
  [
    /connection (?:refused|reset|timed out)|connect: |no route to host|unreachable|i\/o timeout|deadline exceeded|timed? ?out|\bEOF\b|\b50[0234]\b|unavailable/i,
    'check that what it asks runs and can be reached from it (its Service, a NetworkPolicy, the firewall)',
  ],
  [
    /Invalid value|Unsupported value|Required value|is invalid|not valid|invalid |unsupported|must be |unknown field|failed to (?:parse|unmarshal|decode)/,
    'correct the field that the message names',
  ],
  [
    /\b404\b|NoSuch\w{1,30}|not found|does(?: not|n't) exist|NotFound|missing/,
    'correct the name or path that the message names, or create it',
  ],
]

const LONGEST = 4000

/** What to do about what a controller says, by its words alone; undefined where they are of no known form. */
export function controllerRemedy(text: string): string | undefined {
  const told = text.slice(0, LONGEST)
  return denialIn(told)?.remedy ?? remedyAgainst(told, WORDS)
}
