import { cleanText, disarm, toSafeJson } from '../foreign/index.ts'
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

/** A report as JSON, without secrets. */
export function jsonText(report: unknown): string {
  return jsonData(maskedDocument(report))
}

/** What is asked for itself, as it is. */
export function jsonData(value: unknown): string {
  return `${toSafeJson(value, 2)}\n`
}

/** One object of a log as a line of JSON. */
export function jsonLine(value: unknown): string {
  return `${toSafeJson(maskedDocument(value))}\n`
}

function cleanBetweenColours(text: string): string {
  if (!text.includes('\u001B')) return cleanText(text)
  const parts = text.split(COLOUR)
  return parts.map((part, index) => (index % 2 === 0 ? cleanText(part) : part)).join('')
}

/** What styleText writes for a Colour. */
// oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
const COLOUR = /(\u001B\[(?:1|2|22|3[1236]|39)m)/
