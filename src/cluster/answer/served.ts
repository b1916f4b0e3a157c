import { isMap } from '../../object/index.ts'
import type { ServedKind } from '../cluster.ts'
import { fieldsOf, kindSaid, Unexpected, type Reader } from './reader.ts'

/** The kinds of a group's version, by name: an APIResourceList. */
export function resourcesReader(apiVersion: string): Reader<Map<string, ServedKind>> {
  return answer => {
    const list = fieldsOf(answer)
    const { kind, groupVersion, resources } = list
    if (kind !== 'APIResourceList' || groupVersion !== apiVersion || !Array.isArray(resources))
      throw new Unexpected(kindSaid(list))
    const kinds = resources.map(resource => servedKind(resource, apiVersion))
    // Subresources such as deployments/scale repeat kinds.
    return new Map(kinds.filter(each => !each.plural.includes('/')).map(each => [each.kind, each]))
  }
}

function servedKind(resource: unknown, apiVersion: string): ServedKind {
  const { name, kind, namespaced, verbs } = fieldsOf(resource, 'an APIResourceList with an item')
  const isWell =
    typeof name === 'string' &&
    typeof kind === 'string' &&
    typeof namespaced === 'boolean' &&
    Array.isArray(verbs)
  if (!isWell) throw new Unexpected('an APIResourceList with an item that is none')
  return { apiVersion, kind, plural: name, namespaced, verbs }
}

/** The versions of a group, the one that the API server prefers first: an APIGroup. */
export function versionsReader(group: string): Reader<string[]> {
  return answer => {
    const found = fieldsOf(answer)
    const { kind, name, preferredVersion, versions } = found
    if (kind !== 'APIGroup' || name !== group) throw new Unexpected(kindSaid(found))
    const others = Array.isArray(versions) ? versions : []
    const all = [preferredVersion, ...others].map(version => versionOf(version, group))
    return [...new Set(all)]
  }
}

function versionOf(version: unknown, group: string): string {
  const name = isMap(version) ? version['groupVersion'] : undefined
  if (typeof name !== 'string' || !name.startsWith(`${group}/`))
    throw new Unexpected('an APIGroup without a version')
  return name
}

/** Of /version. */
export function versionReader(answer: unknown): string {
  const { gitVersion } = fieldsOf(answer)
  if (typeof gitVersion !== 'string') throw new Unexpected('JSON without a version')
  return gitVersion
}

/** A SelfSubjectAccessReview that was decided. */
export function allowedReader(answer: unknown): boolean {
  const review = fieldsOf(answer)
  const { kind, status } = review
  if (kind !== 'SelfSubjectAccessReview') throw new Unexpected(kindSaid(review))
  const allowed = isMap(status) ? status['allowed'] : undefined
  if (typeof allowed !== 'boolean') throw new Unexpected('a review without a decision')
  return allowed
}
