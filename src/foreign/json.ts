import { escapeUnseen } from './characters.ts'
import { OLD_COMMAND } from './commands.ts'

/**
 * A value as JSON that can be printed anywhere and loses nothing: what cannot be seen, and what a CI runner would take for a
 * command, is written as `\uXXXX`.
 */
export function toSafeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent)
  const plain = text.includes('##') ? text.replaceAll(OLD_COMMAND, escapeCharacter) : text
  return escapeUnseen(plain, escapeCharacter)
}

function escapeCharacter(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')
}
