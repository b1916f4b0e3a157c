/** How counts, lists, commits and durations are said, everywhere. */
export { listOf, plural, pluralNoun, shortCommit, someOf } from './words.ts'
export { formatAge, formatSeconds, parseSeconds, roughSeconds } from './durations.ts'
