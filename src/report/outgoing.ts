import { cleanText, disarm } from '../foreign/index.ts'
import { maskForms, maskValue, HIDDEN } from '../secret/index.ts'

/**
 * The last gate before a terminal or a log: whatever a text was made of, nothing in it steers a terminal, hides, or is a command
 * to a CI runner. Of escape sequences only the colours of `painter` pass, and only where there are colours. Machine-readable
 * forms come with nothing to change (toSafeJson).
 */
export function outgoing(text: string, hasColours: boolean): string {
  return outgoingData(maskForms(text), hasColours)
}

/** The same for what is not a report but the thing itself, such as rendered objects: secrets stay. */
export function outgoingData(text: string, hasColours = false): string {
  return disarm(hasColours ? cleanBetweenColours(text) : cleanText(text))
}

/** A document of a report without secrets, by form or by name. */
export function maskedDocument(document: unknown): unknown {
  return maskValue(document, () => HIDDEN)
}

function cleanBetweenColours(text: string): string {
  if (!text.includes('\u001B')) return cleanText(text)
  const parts = text.split(COLOUR)
  return parts.map((part, index) => (index % 2 === 0 ? cleanText(part) : part)).join('')
}

/** What styleText writes for a Colour. */
// oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
const COLOUR = /(\u001B\[(?:1|2|22|3[1236]|39)m)/
