import { API_VERSION, toYamlText } from '../object/index.ts'
import type { EndpointDocument } from '../spec/index.ts'
import { modeline } from './editor.ts'

export interface EndpointFile {
  metadata: EndpointDocument['metadata']
  spec: EndpointDocument['spec']
  /** Comment lines above the document, without "#". */
  comments?: readonly string[]
  /** Fields that stand at the end of the spec, below comment lines of their own. */
  block?: { fields: readonly string[]; comments: readonly string[] }
  /** How many folders below the project the file is; for the schema's path. Without, no schema is named. */
  depth?: number
}

/** The text of an endpoint's file. */
export function endpointFile({
  metadata,
  spec,
  comments = [],
  block = { fields: [], comments: [] },
  depth,
}: EndpointFile): string {
  const head = depth === undefined ? '' : modeline('Endpoint', depth)
  const isBelow = ([field]: [string, unknown]) => block.fields.includes(field)
  const fields = Object.entries(spec)
  const above = Object.fromEntries(fields.filter(field => !isBelow(field)))
  const document = { apiVersion: API_VERSION, kind: 'Endpoint', metadata, spec: above }
  const below = Object.fromEntries(fields.filter(isBelow))
  return `${head}${commentOf(comments, '')}${toYamlText(document)}${blockText(below, block.comments)}`
}

/** More fields of the map `spec`, whose text it follows. */
function blockText(fields: object, comments: readonly string[]): string {
  if (Object.keys(fields).length === 0) return ''
  return `${commentOf(comments, '  ')}${toYamlText({ spec: fields }).replace(/^spec:\n/, '')}`
}

function commentOf(lines: readonly string[], indent: string): string {
  return lines.map(line => `${indent}# ${line}`.trimEnd() + '\n').join('')
}
