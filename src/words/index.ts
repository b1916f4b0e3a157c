/** How counts, lists, commits and durations are said, everywhere. */
export { listOf, plural, pluralNoun, shortCommit, someOf } from './words.ts'
export { formatAge, formatSeconds, parseSeconds, roughSeconds, waitParts } from './durations.ts'
export type { WaitParts } from './durations.ts'
