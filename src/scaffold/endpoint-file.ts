import { API_VERSION } from '../object/index.ts'
import { toYamlText } from '../render/index.ts'
import type { EndpointDocument } from '../spec/index.ts'
import { modeline } from './editor.ts'

export interface EndpointFile {
  metadata: EndpointDocument['metadata']
  spec: EndpointDocument['spec']
  /** Comment lines above the document, without "#". */
  comments?: readonly string[]
  /** How many folders below the project the file is; for the schema's path. Without, no schema is named. */
  depth?: number
}

/** The text of an endpoint's file. */
export function endpointFile({ metadata, spec, comments = [], depth }: EndpointFile): string {
  const above = comments.map(line => `# ${line}`.trimEnd() + '\n').join('')
  const head = depth === undefined ? '' : modeline('Endpoint', depth)
  return `${head}${above}${toYamlText({ apiVersion: API_VERSION, kind: 'Endpoint', metadata, spec })}`
}
