import type { Finding } from './node.ts'

/** Texts that are valid YAML and yet do not hold what the file is for. */

/** Git LFS leaves a pointer where the content was not fetched (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
export function lfsPointer(text: string): Finding | undefined {
  if (!text.startsWith('version https://git-lfs.github.com/spec/')) return undefined
  return {
    code: 'yaml-syntax',
    offset: 0,
    message: 'the file is a pointer of Git LFS: its content was not fetched',
    remedy: 'Run "git lfs pull" (in a pipeline, check out with LFS), or keep specs out of LFS.',
  }
}

/**
 * Documents between markers that hold comments alone, and an object in them. The file still has other documents, so nobody would see that
 * what they describe is deleted; a comment without a `kind` is only a comment.
 */
export function commentedOut(text: string): Finding[] {
  if (!text.includes('#')) return []
  const findings: Finding[] = []
  let at = 0
  let kindAt: number | undefined
  let hasContent = false
  const end = () => {
    if (!hasContent && kindAt !== undefined) findings.push(hiddenAt(kindAt))
    kindAt = undefined
    hasContent = false
  }
  for (const line of text.split('\n')) {
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) end()
    const content = line.replace(/^---/, '').trim()
    if (/^#\s{0,20}kind:/.test(content)) kindAt ??= at
    hasContent ||= content !== '' && content !== '...' && !content.startsWith('#')
    at += line.length + 1
  }
  end()
  return findings
}

function hiddenAt(offset: number): Finding {
  return {
    code: 'document-kind',
    offset,
    message: 'this document is commented out',
    remedy: 'Delete its lines to remove what it describes, or write it again.',
  }
}
