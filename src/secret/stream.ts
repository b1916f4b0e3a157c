import { StringDecoder } from 'node:string_decoder'
import { maskText } from './forms.ts'

/** What others write bit by bit, without what looks like a secret. */
export interface MaskedStream {
  take: (piece: string | Uint8Array) => void
  /** Shows what is left. */
  end: () => void
}

/** Lines are short; what has none is shown in parts. */
const MOST_HELD = 64 * 1024

/** Shows whole lines: a piece may end in the middle of a secret. A private key has several, and is held back to its end. */
export function maskStream(show: (text: string) => void): MaskedStream {
  const decoder = new StringDecoder('utf8')
  let held = ''
  function release(length: number): void {
    const text = held.slice(0, length)
    held = held.slice(length)
    if (text !== '') show(maskText(text))
  }
  return {
    take: piece => {
      held += typeof piece === 'string' ? piece : decoder.write(Buffer.from(piece))
      release(held.length > MOST_HELD ? held.length : wholeLength(held))
    },
    end: () => {
      held += decoder.end()
      release(held.length)
    },
  }
}

function wholeLength(text: string): number {
  const lines = text.lastIndexOf('\n') + 1
  const begin = text.lastIndexOf('-----BEGIN ', lines)
  const isOpen = begin >= 0 && !/-----END [A-Z ]{0,40}-----/.test(text.slice(begin, lines))
  return isOpen ? text.lastIndexOf('\n', begin) + 1 : lines
}
