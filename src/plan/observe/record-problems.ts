import { RENDERED_KINDS } from '../../kinds/index.ts'
import { APPLYSET, setId, setParent, controllerOf } from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import type { EndpointSet } from '../../spec/index.ts'
import { pluralNoun } from '../../words/index.ts'
import type { Inventory } from '../plan.ts'
import { isRecorded, type LiveSet, type Unseen } from './live.ts'

export interface RecordInput {
  set: Pick<EndpointSet, 'project' | 'environment'>
  /** What the parent records; undefined where there is no parent. */
  recorded: Inventory | undefined
  live: LiveSet
  /** Of the record. */
  revisions: readonly unknown[]
  /** Everything is to be deleted: what cannot be seen is not deleted. */
  isAll?: boolean
}

/** What of the set may be there and is not seen, because its record is gone or the cluster does not show it. */
export function recordProblems(input: RecordInput): Problem[] {
  const { recorded, live } = input
  if (isRecorded(recorded))
    return [...unservedKinds({ ...input, recorded }), ...withoutRevisions(input)]
  // KServe copies the label to what it makes, which goes with its owner.
  if (live.objects.some(object => controllerOf(object) === undefined)) return [missingRecord(input)]
  return live.unseen.length === 0 ? [] : [unseenKinds(input)]
}

const ASK =
  'Ask an administrator to apply the output of `slipway rbac` and to bind the Role to this user.'

/** Applied once without what may not be listed, the new record would never name it. */
function missingRecord({ set, live: { namespaces, unseen } }: RecordInput): Problem {
  const { environment } = set
  const parent = setParent(set.project, environment.name, environment.namespace)
  const base = {
    code: 'record-missing',
    object: `ConfigMap ${parent.namespace}/${parent.name}`,
    message: `the record of what was applied to ${environment.name} is missing, and objects of it are live`,
  } as const
  const cause =
    'Somebody deleted it. Nothing tells which commit was applied last, or from which repository. What is left was looked for ' +
    `by label in ${plainList('namespace', namespaces)}, of every kind that slipway renders`
  if (unseen.length > 0) {
    const hidden = `${cause}, but ${unseenText(unseen)} may not be listed.`
    return { ...base, severity: 'error', cause: hidden, remedy: ASK }
  }
  const kinds = RENDERED_KINDS.map(kind => kind.toLowerCase()).join(',')
  const remedy =
    'The next apply writes a new record. If endpoints were in other namespaces, too, this finds what is left of them: ' +
    `kubectl get ${kinds} -A -l ${APPLYSET.partOf}=${setId(parent)}`
  return { ...base, severity: 'warning', cause: `${cause}.`, remedy }
}

/** Each write of a record has a revision in it. */
function withoutRevisions({ set, revisions }: RecordInput): Problem[] {
  if (revisions.length > 0) return []
  const { environment } = set
  const { name, namespace } = setParent(set.project, environment.name, environment.namespace)
  return [
    {
      code: 'record-missing',
      severity: 'warning',
      message: `the record of ${environment.name} has no revision: which commit was applied last, and from which repository, is not known`,
      object: `ConfigMap ${namespace}/${name}`,
      cause: 'Somebody removed revisions.json from it. Nothing guards against an older commit now.',
      remedy:
        'Check that this is the newest commit; the next apply that is recorded begins anew. Or restore the ConfigMap from a backup.',
    },
  ]
}

/** Most often a first apply by a Role that somebody wrote by hand. */
function unseenKinds({ set: { environment }, live: { unseen } }: RecordInput): Problem {
  return {
    code: 'forbidden',
    severity: 'warning',
    message: `whether something of ${environment.name} is there already could not be seen: ${unseenText(unseen)} may not be listed`,
    cause: 'There is no record of an apply, so all kinds that slipway renders are looked for.',
    remedy: ASK,
  }
}

function unseenText(unseen: readonly Unseen[]): string {
  const byNamespace = [...Map.groupBy(unseen, ({ namespace }) => namespace)]
  return byNamespace
    .map(([namespace, group]) => `${group.map(({ kind }) => kind).join(', ')} in ${namespace}`)
    .join('; ')
}

interface UnservedInput extends RecordInput {
  recorded: Inventory
}

/** They stay in the record: with the kind, what is left of it comes back. */
function unservedKinds({ set, recorded, live: { unserved }, isAll }: UnservedInput): Problem[] {
  if (unserved.length === 0) return []
  const { environment } = set
  const { name, namespace } = setParent(set.project, environment.name, environment.namespace)
  const rest = recorded.groupKinds.filter(kind => !unserved.includes(kind)).join(',')
  return [
    {
      code: isAll === true ? 'not-deleted' : 'kind-missing',
      severity: 'warning',
      message: `the cluster does not serve ${unserved.join(', ')} now, of which ${environment.name} has had objects: whether some are left cannot be seen`,
      object: `ConfigMap ${namespace}/${name}`,
      cause:
        'The record keeps the kind, so that what is left of it is found when it is served again.',
      remedy:
        'If its definition was removed for good, and its objects with it, take it out of the record: ' +
        `kubectl -n ${namespace} annotate configmap ${name} --overwrite ${APPLYSET.groupKinds}=${rest}`,
    },
  ]
}

function plainList(noun: string, names: readonly string[]): string {
  return `the ${pluralNoun(names.length, noun)} ${names.join(', ')}`
}
