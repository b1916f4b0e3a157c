import { cleanLine, cleanText } from '../clean.ts'

/** Foreign text as HTML text or attribute value. */
export function escapeText(text: string): string {
  return cleanText(text).replaceAll(/[&<>"']/g, character => ENTITIES[character] ?? '')
}

/** As escapeText, in one line. */
export function escapeLine(text: string): string {
  return escapeText(cleanLine(text))
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
