import type { Failure, InvalidCause } from '../../cluster/index.ts'

/**
 * Whether the API server refused a change because the field cannot change, told narrowly: Invalid, and every cause says
 * so in the words of apimachinery (ValidateImmutableField) or of the apps strategies. A typo in the same object is not it.
 */
export function isImmutableChange(
  failure: Failure,
): failure is Failure & { type: 'invalid'; causes: InvalidCause[] } {
  return (
    failure.type === 'invalid' &&
    failure.causes.length > 0 &&
    failure.causes.every(cause => IMMUTABLE.some(words => words.test(cause.message)))
  )
}

const IMMUTABLE = [
  /field is immutable/,
  /may not change once set/,
  /updates to \w+ spec for fields other than /,
]

/** `spec.selector`, for the reason of a replacement. */
export function immutableFields(causes: readonly InvalidCause[]): string {
  return [...new Set(causes.map(cause => cause.field))].join(', ')
}
