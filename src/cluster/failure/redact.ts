import { SECRET } from '../../kinds/index.ts'

/** Messages of the API server quote what was sent. Of a Secret nothing is quoted on. */
export function withoutSecrets(message: string, kind: string | undefined): string {
  if (kind !== SECRET.kind) return message
  return message
    .replaceAll(
      /(Invalid value|Unsupported value|Duplicate value): ("(?:[^"\\]|\\.)*"|\{[^]*|[^:,\s]+)/g,
      '$1: (hidden)',
    )
    .replaceAll(/&?value\.valueUnstructured\{[^]*/g, '(hidden)')
}
