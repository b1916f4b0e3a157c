import { at, entries, text } from '../../object/index.ts'
import type { Rendering } from '../rendered.ts'
import { nameOf } from '../check/rule.ts'
import { annotationsOf } from './annotations.ts'
import { fillFor, isAllowed, listed } from './pattern.ts'
import type { PolicyRule } from './rule.ts'
import { membersBelow } from './walk.ts'

/** Policy registries: every image comes from a registry, or a repository in one, that the environment allows. */
export const registries: PolicyRule = {
  id: 'policy-registries',
  levelIn: ({ policies }) => policies.registries.level,
  find: (view, environment) => {
    const { allow } = environment.policies.registries
    const allowed = { patterns: allow, separator: '/', below: '/' }
    return view.all.flatMap(rendering =>
      imagesOf(rendering)
        .filter(image => !isAllowed(repositoryOf(image), allowed, fillFor(rendering, environment)))
        .map(image => ({
          rendering,
          field: fieldOf(image, rendering),
          subject: image,
          message: `${nameOf(rendering)} uses the image "${image}" from a registry that ${environment.name} does not allow`,
          cause: `policies.registries allows: ${listed(allow)}.`,
          remedy:
            'Use an image from an allowed registry, or have its registry added to the policy.',
        })),
    )
  },
}

/** Images of containers, of image volumes, of models that are images (oci://), and of what annotations put beside a container. */
function imagesOf(rendering: Rendering): string[] {
  const { spec, template } = rendering.object
  const images = membersBelow({ spec, template }).flatMap(({ key, value }) => {
    if (/^image$|[a-z]Image$/.test(key)) return [imageOf(value)]
    return key === 'storageUri' || key === 'uri' ? [modelImage(value)] : []
  })
  const injected = annotationsOf(rendering).filter(({ name }) => INJECTED.test(name))
  const all = [...images, ...injected.map(({ value }) => value)]
  return [...new Set(all.filter(image => image !== undefined && image !== ''))] as string[]
}

/** Annotations by which a mesh, an agent or an instrumentation takes its container's image: Istio, Linkerd, Vault, Dapr, OpenTelemetry. */
const INJECTED =
  /\/([\w.-]*[-.])?(proxyImage|(proxy|init|debug|agent|sidecar|container)-image|image)$/

/** Written as a text, as an image volume has it, or in the parts that operators take. */
function imageOf(value: unknown): string | undefined {
  const parts = [at(value, 'registry'), at(value, 'repository')].map(text)
  const named = parts.filter(part => part !== undefined && part !== '').join('/')
  return text(value) ?? text(at(value, 'reference')) ?? (named === '' ? undefined : named)
}

function modelImage(uri: unknown): string | undefined {
  return /^oci(?:\+[a-z]+)?:\/\/(.+)$/.exec(text(uri) ?? '')?.[1]
}

/** Without tag and digest, and with what a container runtime adds: `vllm:1` is docker.io/library/vllm. */
export function repositoryOf(image: string): string {
  const [withoutDigest = ''] = image.split('@')
  const bare = withoutDigest.replace(/:[^/:]*$/, '')
  const [first = '', ...rest] = bare.split('/')
  const isHost = rest.length > 0 && (/[.:A-Z]/.test(first) || first === 'localhost')
  const path = isHost ? rest.join('/') : bare
  const host = isHost
    ? first.toLowerCase().replace(/^(index|registry-1)\.docker\.io$/, 'docker.io')
    : 'docker.io'
  return `${host}/${host === 'docker.io' && !path.includes('/') ? `library/${path}` : path}`
}

function fieldOf(image: string, { endpoint }: Rendering): string {
  const { model } = endpoint.spec
  if (image === at(model, 'fetch', 'image')) return 'spec.model.fetch.image'
  if (model?.uri === `oci://${image}`) return 'spec.model.uri'
  const volume = entries(endpoint.spec.volumes).findIndex(entry =>
    JSON.stringify(entry).includes(JSON.stringify(image)),
  )
  return volume === -1 ? 'spec.image' : `spec.volumes[${volume}]`
}
