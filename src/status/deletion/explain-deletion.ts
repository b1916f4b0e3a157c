import { NAMESPACE, isOf } from '../../kinds/index.ts'
import { formatRef, refOf, type KubeObject } from '../../object/index.ts'
import { kserveLegacyMode } from '../causes/kserve-legacy-mode.ts'
import { conditionsOf } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import { ageText, between } from '../times.ts'
import { ownedBy } from '../tree.ts'
import type { Diagnosis } from '../verdict.ts'
import { cleaned } from '../wording.ts'
import { endingPods } from './ending-pods.ts'
import { claimUsers, finalizerRemedy, foreignFinalizers, ownerOf } from './finalizers.ts'
import { listOf, roughSeconds } from '../../words/index.ts'

/** What a deletion waits for: pods that end, a finalizer and who takes it off, a namespace's content (D2, D8, D10). */
export function explainDeletion(inquiry: Inquiry): Diagnosis {
  const { object } = inquiry
  if (object.metadata.deletionTimestamp === undefined) return notDeleted(object)
  return (
    kserveLegacyMode(inquiry) ??
    endingPods(inquiry) ??
    heldObject(inquiry) ??
    remainingContent(inquiry) ??
    heldByOwned(inquiry) ??
    goingAway(inquiry)
  )
}

/** The delete was lost, or the object was made again (R3). */
function notDeleted(object: KubeObject): Diagnosis {
  return {
    cause: 'not-terminating',
    summary: `${formatRef(refOf(object))} is not being deleted`,
    evidence: ['no deletionTimestamp'],
    remedy: 'delete it again',
  }
}

/** The object itself, or the first of what it owns, that has a finalizer which Kubernetes does not take off by itself. */
function heldObject(inquiry: Inquiry): Diagnosis | undefined {
  const { object, related, now } = inquiry
  const held = [object, ...ownedBy(object, related)].find(
    each => each.metadata.deletionTimestamp !== undefined && foreignFinalizers(each).length > 0,
  )
  if (held === undefined) return undefined
  const finalizers = foreignFinalizers(held)
  const owners = finalizers.map(ownerOf)
  const keepers = [...new Set(owners.map(({ who }) => who))]
  const users = claimUsers(held, inquiry)
  const age = ageText(held.metadata.deletionTimestamp, now)
  return {
    cause: 'finalizer',
    summary: `${formatRef(refOf(held))} is held in deletion${age === undefined ? '' : ` for ${age}`} by the ${finalizers.length === 1 ? 'finalizer' : 'finalizers'} ${listOf(finalizers)}, which ${listOf(keepers)} ${keepers.length === 1 ? 'takes' : 'take'} off`,
    evidence: [
      `${formatRef(refOf(held))}: ${deletedText(held, now)}, finalizers ${(held.metadata.finalizers ?? []).join(', ')}`,
      ...(users === undefined ? [] : [`still used by ${users}`]),
    ],
    remedy: finalizerRemedy(held) ?? owners[0]?.remedy ?? '',
  }
}

/** Foreground deletion: the object goes after everything that it owns. */
function heldByOwned({ object, related, now }: Inquiry): Diagnosis | undefined {
  const owned = ownedBy(object, related)
  if (owned.length === 0) return undefined
  const names = owned.map(each => formatRef(refOf(each)))
  return {
    cause: 'dependents',
    summary: `${formatRef(refOf(object))} waits until what it owns is gone: ${listOf(names.slice(0, 5))}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`,
    evidence: owned.map(each => `${formatRef(refOf(each))}: ${deletedText(each, now)}`),
    remedy: ownerOf('foregroundDeletion').remedy,
    outlook: 'waiting',
  }
}

function deletedText({ metadata }: KubeObject, now: string | undefined): string {
  const { deletionTimestamp } = metadata
  if (deletionTimestamp === undefined) return 'not being deleted yet'
  const age = between(deletionTimestamp, now)
  return age === undefined
    ? `deletionTimestamp ${deletionTimestamp}`
    : `being deleted for ${roughSeconds(age / 1000)}`
}

/** A namespace tells in its conditions what is left in it. */
function remainingContent({ object }: Inquiry): Diagnosis | undefined {
  if (!isOf(object, NAMESPACE)) return undefined
  const told = conditionsOf(object).filter(({ status }) => status === 'True')
  if (told.length === 0) return undefined
  const texts = told.map(({ message }) => cleaned(message))
  return {
    cause: 'namespace-content',
    summary: `Namespace/${object.metadata.name} waits for its content: ${texts.join('; ')}`,
    evidence: told.map(({ type, message }) => `${type}: ${cleaned(message)}`),
    remedy: 'look at the objects that are named: each goes when its own finalizers are taken off',
  }
}

function goingAway({ object, now }: Inquiry): Diagnosis {
  const { deletionTimestamp, finalizers = [] } = object.metadata
  const age = ageText(deletionTimestamp, now)
  return {
    cause: 'terminating',
    summary: `${formatRef(refOf(object))} is being deleted${age === undefined ? '' : ` for ${age}`}`,
    evidence: [
      deletedText(object, now),
      finalizers.length === 0 ? 'no finalizers' : `finalizers ${finalizers.join(', ')}`,
    ],
    remedy: finalizers[0] === undefined ? 'wait a moment' : ownerOf(finalizers[0]).remedy,
    outlook: 'waiting',
  }
}
