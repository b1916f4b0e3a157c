import { ClusterError, type Cluster } from '../../cluster/index.ts'
import { KSERVE } from '../../kinds/index.ts'
import { at, entries, text, type KubeObject } from '../../object/index.ts'
import { about, looked, type Check, type Finding, type Patient, type Saying } from '../finding.ts'

const KIND = { apiVersion: KSERVE.apiVersion, kind: KSERVE.kind }
/** Where KServe is installed, unless somebody chose another place. */
const NAMESPACE = 'kserve'

/** Definitions, version against the one declared, mode, and whether the webhooks answer (K6, K7). */
export const kserve: Check = async patient => {
  const { cluster, set } = patient
  const isNeeded = set.endpoints.some(({ spec }) => spec.runtime === 'kserve')
  const served = await cluster.kind(KIND)
  if (served === undefined) return [isNeeded ? NOT_INSTALLED : NOT_NEEDED]
  const config = await configOf(cluster)
  return [
    about('KServe').ok(`${KIND.apiVersion} InferenceService is served`),
    await version(patient, config),
    mode(config),
    isNeeded ? await webhooks(patient) : UNUSED,
  ]
}

const NOT_NEEDED: Finding = about('KServe').notNeeded('is not installed, and no endpoint uses it')

const UNUSED: Finding = about('KServe webhooks').notNeeded('no endpoint uses KServe')

const NOT_INSTALLED: Finding = about('KServe').missing(
  'the API server does not serve InferenceService',
  'Install KServe, or set runtime: deployment (in the environment, for all endpoints).',
)

type Config = { data: Record<string, string> } | 'absent' | 'hidden'

async function configOf(cluster: Cluster): Promise<Config> {
  const name = 'inferenceservice-config'
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: NAMESPACE, name }
  const found = await looked(cluster, ref)
  if (found === undefined) return 'hidden'
  if (found.object === undefined) return 'absent'
  return { data: (found.object['data'] ?? {}) as Record<string, string> }
}

async function version({ cluster, set }: Patient, config: Config): Promise<Finding> {
  const say = about('KServe version')
  const declared = set.environment.kserve.version
  const found = (await controllerVersion(cluster)) ?? versionIn(config)
  if (found === undefined)
    return say.unseen(
      `unknown (no permission to read the Deployments in ${NAMESPACE}, or it is elsewhere); ${declared} is declared`,
    )
  if (minorOf(found) === minorOf(declared)) return say.ok(`${found}, as declared`)
  return say.warning(
    `${found} is installed, ${declared} is declared`,
    `Set kserve: {version: ${found.replace(/^v/, '')}} in the environment: the annotation for the deployment mode depends on it.`,
  )
}

async function controllerVersion(cluster: Cluster): Promise<string | undefined> {
  const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: NAMESPACE }
  const found = await looked(cluster, { ...ref, name: 'kserve-controller-manager' })
  const containers = entries(at(found?.object, 'spec', 'template', 'spec', 'containers'))
  return containers.map(({ image }) => tagOf(text(image) ?? '')).find(tag => tag !== undefined)
}

/** The images that it gives to pods are of its own release. */
function versionIn(config: Config): string | undefined {
  if (typeof config === 'string') return undefined
  return tagOf(/"image"\s*:\s*"([^"]+)"/.exec(config.data['storageInitializer'] ?? '')?.[1] ?? '')
}

function tagOf(image: string): string | undefined {
  return /:(v?\d+\.\d+\.\d+[^@]*)/.exec(image)?.[1]
}

function minorOf(release: string): string | undefined {
  return /^v?(\d+\.\d+)/.exec(release)?.[1]
}

function mode(config: Config): Finding {
  const say = about('KServe default mode')
  if (typeof config === 'string') {
    const why = config === 'hidden' ? 'no permission to read' : 'there is no'
    return say.unseen(`${why} ConfigMap ${NAMESPACE}/inferenceservice-config`)
  }
  const deploy = config.data['deploy'] ?? ''
  const [, found = 'Knative (it names none)'] =
    /"defaultDeploymentMode"\s*:\s*"(\w+)"/.exec(deploy) ?? []
  return say.ok(`${found}; endpoints name theirs, so it does not matter`)
}

/** Only a write shows whether they answer: one that is not carried out. */
async function webhooks({ cluster, set }: Patient): Promise<Finding> {
  const say = about('KServe webhooks')
  try {
    await cluster.create(probeIn(set.environment.namespace), { dryRun: true })
    return say.ok('answer')
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
    return webhookFault(error, say)
  }
}

function webhookFault({ failure, message }: ClusterError, say: Saying): Finding {
  switch (failure.type) {
    case 'webhook-unavailable':
    case 'timeout':
      return say.missing(
        `do not answer: ${message}`,
        'See whether the controller runs: kubectl -n kserve get deployment,endpoints. Without KServe: runtime: deployment.',
      )
    case 'forbidden':
      return say.unseen('no permission to create InferenceServices, by which they would be asked')
    case 'not-found':
      return say.unseen('the namespace does not exist yet, so they cannot be asked')
    // Whoever refused it has answered.
    default:
      return say.ok(`answer (${message})`)
  }
}

function probeIn(namespace: string): KubeObject {
  const container = { name: KSERVE.container, image: 'registry.example.com/doctor:v1' }
  return {
    ...KIND,
    metadata: { name: 'slipway-doctor', namespace },
    spec: { predictor: { containers: [container] } },
  }
}
