import { maskText } from '../../secret/index.ts'

/** Texts of a Warning header (RFC 9111, as kube-apiserver writes it: `299 - "text"`, several separated by commas). */
export function warningsOf(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '')
  return [...text.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, quoted = '']) =>
    maskText(quoted.replaceAll(/\\(.)/g, '$1')),
  )
}
