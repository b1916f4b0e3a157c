import { toSafeJson } from '../foreign/index.ts'
import { maskedDocument } from '../report/index.ts'

/** A report as JSON, for stdout: without secrets. */
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
