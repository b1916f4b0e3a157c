import { KSERVE } from '../../kinds/index.ts'
import { API_VERSION, PRUNE_ANNOTATION, RECOMMENDED } from '../../object/index.ts'
import type { Endpoint } from '../set.ts'
import type { Rule } from './rule.ts'

const OURS = [`${API_VERSION.split('/')[0]}/`, 'applyset.kubernetes.io/']
const RECOMMENDED_LABELS: readonly string[] = Object.values(RECOMMENDED)

/** Slipway finds its objects by these labels, so nobody else may set them. */
export const reservedLabels: Rule = endpoint =>
  Object.keys(endpoint.labels)
    .filter(name => RECOMMENDED_LABELS.includes(name) || isOurs(name))
    .map(name => ({
      code: 'bad-value',
      path: `metadata.labels.${name}`,
      message: `the label ${name} is set by slipway`,
      remedy: 'Leave it out.',
    }))

export const reservedAnnotations: Rule = endpoint =>
  annotationsOf(endpoint).flatMap(({ path, name, value }) => {
    const remedy = annotationRemedy(name, value)
    if (remedy === undefined) return []
    const message =
      name === PRUNE_ANNOTATION
        ? `the annotation ${name} takes "disabled" only, not "${value}"`
        : `the annotation ${name} is set by slipway`
    return { code: 'bad-value', path: `${path}.${name}`, message, remedy }
  })

function annotationRemedy(name: string, value: string): string | undefined {
  if (name === PRUNE_ANNOTATION)
    return value === 'disabled' ? undefined : 'Leave it out, so that the objects are pruned.'
  // What it is written as depends on KServe's version (K9), so it has a field.
  if (name === KSERVE.deploymentMode) return 'Use spec.kserve.deploymentMode.'
  return isOurs(name) ? 'Leave it out.' : undefined
}

function isOurs(name: string): boolean {
  return OURS.some(prefix => name.startsWith(prefix))
}

function annotationsOf(endpoint: Endpoint): { path: string; name: string; value: string }[] {
  const { ingress, route, service, serviceAccount } = endpoint.spec
  const maps: [string, Record<string, string> | undefined][] = [
    ['metadata.annotations', endpoint.annotations],
    ['spec.service.annotations', service ? service.annotations : undefined],
    ['spec.ingress.annotations', ingress === false ? undefined : ingress?.annotations],
    ['spec.route.annotations', route === false ? undefined : route?.annotations],
    [
      'spec.serviceAccount.annotations',
      serviceAccount !== undefined && 'annotations' in serviceAccount
        ? serviceAccount.annotations
        : undefined,
    ],
  ]
  return maps.flatMap(([path, annotations = {}]) =>
    Object.entries(annotations).map(([name, value]) => ({ path, name, value })),
  )
}
