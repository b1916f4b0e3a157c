import { toSafeJson } from '../foreign/index.ts'

/** A result as JSON, for stdout. */
export function jsonText(value: unknown): string {
  return `${toSafeJson(value, 2)}\n`
}

/** One object of a log as a line of JSON. */
export function jsonLine(value: unknown): string {
  return `${toSafeJson(value)}\n`
}
