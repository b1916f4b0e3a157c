import { nameOf } from '../check/rule.ts'
import { annotationsOf } from './annotations.ts'
import type { Annotation } from './annotations.ts'
import type { PolicyRule } from './rule.ts'

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

/** Policy snippets: no annotation puts configuration of its own into an ingress controller or a sidecar. */
export const snippets: PolicyRule = {
  id: 'policy-snippets',
  levelIn: ({ policies }) => policies.snippets,
  find: (view, environment) =>
    view.all.flatMap(rendering =>
      annotationsOf(rendering)
        .filter(isSnippet)
        .map(({ name, field }) => ({
          rendering,
          field,
          subject: name,
          message: `${nameOf(rendering)} changes a proxy’s configuration by the annotation ${name}, which ${environment.name} does not allow`,
          cause:
            'Such text can read the secrets of a proxy that others use, and redirect their requests.',
          remedy: 'Remove it, and use an annotation for the one setting that is needed.',
        })),
    ),
}

function isSnippet({ name, value }: Annotation): boolean {
  return (
    SNIPPETS.some(snippet => snippet.test(name)) || (NGINX.test(name) && BREAKS_OUT.test(value))
  )
}
