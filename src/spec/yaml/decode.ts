import { Buffer, isUtf8 } from 'node:buffer'
import type { Finding } from './node.ts'

/** Larger files are no specs. */
export const MAX_BYTES = 1024 * 1024

/** The text of a file, without byte order mark. */
export function decode(bytes: Uint8Array): { text: string; findings: Finding[] } {
  if (bytes.length > MAX_BYTES) return refused(tooLarge())
  const utf16 = utf16Name(bytes)
  if (utf16 !== undefined) return refused(notUtf8(0, `is ${utf16}`))
  if (isUtf8(bytes)) return { text: textOf(bytes), findings: [] }
  const at = firstInvalidByte(bytes)
  const text = textOf(bytes.subarray(0, at))
  return { text, findings: [notUtf8(text.length, `has the byte ${hex(bytes[at])} here`)] }
}

/** Faster than a TextDecoder, which has to be loaded first. */
function textOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

const BYTE_ORDER_MARK = '\uFEFF'

function refused(finding: Finding): { text: string; findings: Finding[] } {
  return { text: '', findings: [finding] }
}

function tooLarge(): Finding {
  return {
    code: 'yaml-too-large',
    offset: 0,
    message: 'the file is larger than 1 MiB',
    remedy: 'Keep data out of specs: mount a ConfigMap or a volume instead.',
  }
}

function notUtf8(offset: number, what: string): Finding {
  return {
    code: 'yaml-encoding',
    offset,
    message: `the file is not UTF-8: it ${what}`,
    remedy: 'Save the file as UTF-8.',
  }
}

function utf16Name(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'UTF-16' : undefined
}

/** Bisects: a prefix counts as valid when its only fault is a character cut off at its end; then back to where that character starts. */
function firstInvalidByte(bytes: Uint8Array): number {
  let valid = 0
  let invalid = bytes.length
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1
    if (isValidPrefix(bytes.subarray(0, middle), true)) valid = middle
    else invalid = middle
  }
  while (!isValidPrefix(bytes.subarray(0, valid), false)) valid -= 1
  return valid
}

function isValidPrefix(bytes: Uint8Array, mayBeCut: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: mayBeCut })
    return true
  } catch {
    return false
  }
}

function hex(byte: number | undefined): string {
  return `0x${(byte ?? 0).toString(16).toUpperCase().padStart(2, '0')}`
}
