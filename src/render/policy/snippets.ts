import { INGRESS, configuresProxy, isOf } from '../../kinds/index.ts'
import { at, entries, isEmpty, text } from '../../object/index.ts'
import { nameOf } from '../check/rule.ts'
import type { Rendering } from '../rendered.ts'
import { annotationsOf, type Annotation } from './annotations.ts'
import type { PolicyRule } from './rule.ts'
import { membersBelow } from './walk.ts'

/** Annotations whose value becomes part of a proxy's configuration, by ingress controller and mesh. */
const SNIPPETS = [
  // ingress-nginx, NGINX Inc., HAProxy Technologies: configuration-snippet, server-snippets, backend-config-snippet, …
  /(^|[/-])snippets?$/,
  // haproxy-ingress: config-backend, config-frontend, config-global, …
  /^(haproxy-ingress\.github\.io|ingress\.kubernetes\.io)\/(config-|.*-config$)/,
  // Istio: the sidecar's proxy
  /^proxy\.istio\.io\/config$/,
  /^sidecar\.istio\.io\/(bootstrapOverride|userVolume|userVolumeMount|proxyImage)$/,
  // AWS Load Balancer Controller: rules beside those of the Ingress
  /^alb\.ingress\.kubernetes\.io\/(actions|conditions|transforms)\./,
  // Vault's agent: templates
  /^vault\.hashicorp\.com\/agent-inject-(template|command)/,
]

/** ingress-nginx writes values as they are; these end one directive and begin another. */
const NGINX = /^nginx\.(ingress\.kubernetes\.io|org)\//
const BREAKS_OUT = /[\n\r{};]/

/** Policy snippets: nothing puts configuration of its own into an ingress controller or a sidecar. */
export const snippets: PolicyRule = {
  id: 'policy-snippets',
  levelIn: ({ policies }) => policies.snippets,
  find: (view, environment) =>
    view.all.flatMap(rendering =>
      snippetsIn(rendering).map(({ what, field }) => ({
        rendering,
        field,
        subject: what,
        message: `${nameOf(rendering)} changes a proxy’s configuration by ${what}, which ${environment.name} does not allow`,
        cause:
          'Such text can read the secrets of a proxy that others use, and redirect their requests.',
        remedy: 'Remove it, and use an annotation for the one setting that is needed.',
      })),
    ),
}

interface Snippet {
  what: string
  field: string
}

function snippetsIn(rendering: Rendering): Snippet[] {
  const { object } = rendering
  return [
    ...annotationsOf(rendering)
      .filter(isSnippet)
      .map(({ name, field }) => ({ what: `the annotation ${name}`, field })),
    ...(configuresProxy(object) ? [{ what: 'its kind', field: 'kind' }] : []),
    ...fieldsOf(rendering).map(what => ({ what: `the field ${what}`, field: 'spec' })),
    ...pathsOf(rendering).map(path => ({ what: `the path "${path}"`, field: 'spec.ingress.path' })),
  ]
}

/** `server-snippets` of a VirtualServer, `configurationSnippet`. */
function fieldsOf({ object }: Rendering): string[] {
  const named = membersBelow(object['spec']).filter(
    ({ key, value }) => /snippets?$/i.test(key) && !isEmpty(value),
  )
  return [...new Set(named.map(({ key }) => key))]
}

/** ingress-nginx writes paths as they are, too. A pattern may count: `[0-9]{2}`. */
function pathsOf({ object }: Rendering): string[] {
  if (!isOf(object, INGRESS)) return []
  return entries(at(object, 'spec', 'rules'))
    .flatMap(rule => entries(at(rule, 'http', 'paths')))
    .flatMap(({ path }) => text(path) ?? [])
    .filter(path => BREAKS_OUT.test(path.replaceAll(/\{\d{1,4}(?:,\d{0,4})?\}/g, '')))
}

function isSnippet({ name, value }: Annotation): boolean {
  return (
    SNIPPETS.some(snippet => snippet.test(name)) || (NGINX.test(name) && BREAKS_OUT.test(value))
  )
}
