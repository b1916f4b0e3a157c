/** `1 object`, `3 objects`. */
export function plural(count: number, noun: string): string {
  return `${count} ${pluralNoun(count, noun)}`
}

/** `object` of one, `objects` of any other number. */
export function pluralNoun(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`
}

/** `a, b and c`. */
export function listOf(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  if (words.length < 2) return last
  return `${words.slice(0, -1).join(', ')} and ${last}`
}

const MOST_NAMES = 5

/** `a, b, c, d, e and 3 more`. */
export function someOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** The first seven characters of a commit. */
export function shortCommit(commit: string | undefined): string {
  return commit?.slice(0, 7) ?? 'no commit'
}
