import type { KubeObject } from '../object/index.ts'
import { isSelected, type LabelSelector } from './selector.ts'

/** Which objects a policy is for; what is left out takes all. */
export interface Matching {
  kinds?: readonly string[] | undefined
  rules?: readonly ResourceRule[] | undefined
  excluded?: readonly ResourceRule[] | undefined
  objects?: LabelSelector | undefined
  /** Of namespaces, of whose labels only `kubernetes.io/metadata.name` is known. */
  namespaces?: LabelSelector | undefined
  /** With matchPolicy Exact, a rule is for the versions that it names alone. */
  isExact?: boolean
}

/** As in a ValidatingAdmissionPolicy. */
export interface ResourceRule {
  apiGroups: readonly string[]
  apiVersions: readonly string[]
  resources: readonly string[]
  operations: readonly string[]
  resourceNames?: readonly string[] | undefined
  scope?: string | undefined
}

export interface Target {
  group: string
  version: string
  kind: string
  /** As in the path of a request: `deployments`. */
  resource: string
}

export function targetOf({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): Target {
  const [version = '', group = ''] = apiVersion.split('/').toReversed()
  return { group, version, kind, resource: resourceOf(kind) }
}

/** The rule by which API servers name resources (apimachinery, meta.UnsafeGuessKindToResource); all kinds in use follow it. */
export function resourceOf(kind: string): string {
  const lower = kind.toLowerCase()
  if (lower.endsWith('s')) return `${lower}es`
  return lower.endsWith('y') ? `${lower.slice(0, -1)}ies` : `${lower}s`
}

/** `other-version`: the API server would convert the object to a version that the policy is written for. */
export type Match = 'yes' | 'no' | 'other-version'

export function matchOf(matching: Matching, object: KubeObject): Match {
  const { kinds, rules, excluded = [], isExact = false } = matching
  if (kinds?.includes(object.kind) === false || !isSelectedBy(matching, object)) return 'no'
  if (excluded.some(rule => takes(rule, object) && isOfVersion(rule, object))) return 'no'
  if (rules === undefined) return 'yes'
  const taking = rules.filter(rule => takes(rule, object))
  if (taking.some(rule => isOfVersion(rule, object))) return 'yes'
  return taking.length > 0 && !isExact ? 'other-version' : 'no'
}

const NAMESPACE_NAME = 'kubernetes.io/metadata.name'

function isSelectedBy({ objects = {}, namespaces = {} }: Matching, { metadata }: KubeObject) {
  const labels = { [NAMESPACE_NAME]: metadata.namespace ?? '' }
  return isSelected(objects, metadata.labels ?? {}) && isSelected(namespaces, labels)
}

/** Labels that a selector of namespaces asks for and nobody knows before the cluster does. */
export function unknownLabels({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): string[] {
  const keys = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)]
  return keys.filter(key => key !== NAMESPACE_NAME)
}

function takes(rule: ResourceRule, object: KubeObject): boolean {
  const { group, resource } = targetOf(object)
  const { resourceNames = [], scope = '*' } = rule
  return (
    isIn(rule.operations, 'CREATE') &&
    isIn(rule.apiGroups, group) &&
    namesResource(rule, resource) &&
    (resourceNames.length === 0 || resourceNames.includes(object.metadata.name)) &&
    scope !== 'Cluster'
  )
}

export function namesResource({ resources }: ResourceRule, resource: string): boolean {
  return resources.some(each => each === resource || each === '*' || each === '*/*')
}

function isOfVersion({ apiVersions }: ResourceRule, object: KubeObject): boolean {
  return isIn(apiVersions, targetOf(object).version)
}

function isIn(list: readonly string[], value: string): boolean {
  return list.includes('*') || list.includes(value)
}
