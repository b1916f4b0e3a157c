import type { Finding } from './node.ts'

/** `text` for !!str and !, `known` for the other tags of the core schema; any other tag is refused. */
export function readTag(
  { text, findings }: { text: string; findings: Finding[] },
  { tagStart, tagEnd }: { tagStart: number; tagEnd: number },
): 'text' | 'known' | undefined {
  if (tagStart < 0) return undefined
  const tag = text.slice(tagStart, tagEnd)
  if (tag === '!' || tag === '!!str') return 'text'
  if (/^!!(int|float|bool|null|map|seq)$/.test(tag)) return 'known'
  findings.push({
    code: 'yaml-syntax',
    offset: tagStart,
    message: `unknown tag ${tag}`,
    remedy: 'Leave the tag out; specs are plain values, lists and maps.',
  })
  return 'known'
}
