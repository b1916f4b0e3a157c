import { OLD_COMMAND } from '../../foreign/index.ts'
import { cleanLine, cleanText } from '../clean.ts'

/** Foreign text as HTML text or attribute value; a page may be printed into the log of a CI runner, which looks for commands. */
export function escapeText(text: string): string {
  return cleanText(text)
    .replaceAll(/[&<>"']/g, character => ENTITIES[character] ?? '')
    .replaceAll(OLD_COMMAND, '&num;')
    .replaceAll('::', '&colon;:')
}

/** As escapeText, in one line. */
export function escapeLine(text: string): string {
  return escapeText(cleanLine(text))
}

/** A field's path, which may be broken where a name begins. */
export function escapePath(path: string): string {
  return escapeLine(path).replaceAll(/[.[]/g, '<wbr>$&')
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
