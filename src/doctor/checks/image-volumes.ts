import { podSpecOf } from '../../kinds/index.ts'
import { at, entries, kubernetesMinor, text } from '../../object/index.ts'
import { IMAGE_VOLUMES, imageVolumesOf, type RenderedObject } from '../../render/index.ts'
import { about, looked, type Check, type Finding, type Patient } from '../finding.ts'

/** Whether the cluster mounts images, and whether the pull secrets know their registries. */
export const imageVolumes: Check = async ({ cluster, objects }) => {
  const mounting = objects.flatMap(mountedBy)
  if (mounting.length === 0) return about('image volumes').notNeeded('no endpoint mounts an image')
  const unique = new Map(mounting.map(each => [keyOf(each), each]))
  const pulls = await Promise.all([...unique.values()].map(each => judgePull(cluster, each)))
  return [judgeImageVolumes(cluster.version), ...pulls]
}

interface Mounting {
  namespace: string
  registry: string
  secrets: string[]
}

function mountedBy({ object, endpoint }: RenderedObject): Mounting[] {
  const pod = podSpecOf(object)
  const secrets = entries(at(pod, 'imagePullSecrets')).flatMap(({ name }) => text(name) ?? [])
  return imageVolumesOf(pod).map(image => ({
    namespace: endpoint.namespace,
    registry: registryOf(image),
    secrets,
  }))
}

function keyOf({ namespace, registry, secrets }: Mounting): string {
  return `${namespace} ${registry} ${secrets.join()}`
}

/** `registry.example.com:5000/a/b:1` → `registry.example.com:5000`; Docker Hub where none is named. */
function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/')
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : 'docker.io'
}

/** By the API server's version: nobody else tells of feature gates. */
export function judgeImageVolumes(version: string): Finding {
  const say = about('image volumes')
  const minor = kubernetesMinor(version)
  const { first, byDefault } = IMAGE_VOLUMES
  if (Number.isNaN(minor)) return say.unseen('the API server does not report its version')
  if (minor >= byDefault) return say.ok(`${version} mounts images`)
  if (minor >= first)
    return say.warning(
      `${version} mounts images only with the feature gate ImageVolume`,
      'Switch it on in the API server and the kubelets, or update to 1.35.',
    )
  return say.missing(
    `${version} cannot mount images: they are available since 1.${first}`,
    'Fetch the model with "fetch: {image: …}", or update the cluster.',
  )
}

async function judgePull(cluster: Patient['cluster'], mounting: Mounting): Promise<Finding> {
  const { namespace, secrets } = mounting
  const ref = { apiVersion: 'v1', kind: 'Secret', namespace }
  const found = await Promise.all(
    secrets.map(async name => (await looked(cluster, { ...ref, name }))?.object),
  )
  return judgePullSecrets(
    mounting,
    found.map(secret => secret && registriesIn(secret['data'])),
  )
}

/** By the names of the registries alone. Undefined for a Secret that is not there or cannot be read. */
export function judgePullSecrets(
  { namespace, registry, secrets }: Mounting,
  known: readonly (readonly string[] | undefined)[],
): Finding {
  const say = about(`pull secret for ${registry} in ${namespace}`)
  const names = secrets.join(', ')
  if (secrets.length === 0) return say.ok('none is named: it is pulled without credentials')
  if (known.some(list => list?.includes(registry)))
    return say.ok(`there are credentials in ${names}`)
  if (known.includes(undefined)) return say.unseen(`${names} is not there, or may not be read`)
  return say.warning(
    `${names} has no credentials for ${registry}, which weights are pulled from`,
    `Add ${registry} to it, or name another Secret in imagePullSecrets.`,
  )
}

function registriesIn(data: unknown): string[] {
  try {
    const encoded = text(at(data, '.dockerconfigjson')) ?? ''
    const config: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString())
    return Object.keys(Object(at(config, 'auths'))).map(hostOf)
  } catch {
    return []
  }
}

/** Docker Hub's key is https://index.docker.io/v1/. */
function hostOf(key: string): string {
  const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
  return /(^|\.)docker\.io$/.test(host) ? 'docker.io' : host
}
