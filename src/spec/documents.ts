import { API_VERSION } from '../object/index.ts'
import { problemWith, type Problem } from '../problem/index.ts'
import { suggestion } from './fields/suggest.ts'
import { valueText } from './fields/words.ts'
import type { YamlFile } from './yaml/file.ts'
import { keyOffset, nodeAt, type YamlNode } from './yaml/node.ts'

/** Whether a document is of the kind that its file is for; else the problem. */
export function checkKind(file: YamlFile, root: YamlNode, kind: string): Problem | undefined {
  if (root.entries === undefined) return notADocument(file, root, kind)
  const foreign = foreignObject(file, root, kind)
  if (foreign !== undefined) return foreign
  for (const [field, wanted] of [
    ['apiVersion', API_VERSION],
    ['kind', kind],
  ] as const) {
    const node = nodeAt(root, [field])
    if (node?.value === wanted) continue
    return wrongField(file, root, { field, wanted, node })
  }
  return undefined
}

/** A Kubernetes object, or a document of something else. */
function foreignObject(file: YamlFile, root: YamlNode, kind: string): Problem | undefined {
  const found = { apiVersion: nodeAt(root, ['apiVersion'])?.value, kind: nodeAt(root, ['kind']) }
  const { apiVersion } = found
  if (typeof apiVersion !== 'string' || typeof found.kind?.value !== 'string') return undefined
  if (apiVersion === API_VERSION || found.kind.value === kind) return undefined
  return problemWith({
    code: 'document-kind',
    place: file.placeAt(found.kind.start),
    message: `this document is a ${found.kind.value} of ${apiVersion}; only ${kind} belongs here`,
    remedy: kind === 'Endpoint' ? 'Move it out of the folder of endpoints.' : 'Move it elsewhere.',
  })
}

function notADocument(file: YamlFile, root: YamlNode, kind: string): Problem {
  return problemWith({
    code: 'document-kind',
    place: file.placeAt(root.start),
    message: `this document is ${root.items === undefined ? valueText(root.value) : 'a list'}, not a map with apiVersion, kind and spec`,
    remedy: `Start it with "apiVersion: ${API_VERSION}" and "kind: ${kind}".`,
  })
}

interface WrongField {
  field: string
  wanted: string
  node: YamlNode | undefined
}

function wrongField(file: YamlFile, root: YamlNode, { field, wanted, node }: WrongField): Problem {
  const found = node?.value
  const isMissing = found === undefined || found === null
  const near = typeof found === 'string' ? suggestion(found, [wanted], '') : undefined
  return problemWith({
    code: 'document-kind',
    place: file.placeAt(node?.start ?? keyOffset(root, [field])),
    message: isMissing
      ? `${field} is missing; here it is ${wanted}`
      : `${field} must be ${wanted} here, not ${valueText(found)}`,
    remedy: near?.startsWith('Did') ? near : `Write "${field}: ${wanted}".`,
  })
}

/** The one document of a file such as slipway.yaml. */
export function singleDocument(
  file: YamlFile,
  kind: string,
): { root?: YamlNode; problems: Problem[] } {
  const [root, second] = file.documents
  if (root === undefined) return { problems: [noDocument(file, kind)] }
  if (second !== undefined) return { problems: [severalDocuments(file, second)] }
  const problem = checkKind(file, root, kind)
  return problem === undefined ? { root, problems: [] } : { problems: [problem] }
}

/** An empty file, or one of comments only: commented out, an endpoint would be pruned unseen. */
export function noDocument(file: YamlFile, kind: string): Problem {
  return problemWith({
    code: 'document-kind',
    place: file.placeAt(0),
    message: 'the file holds no document',
    remedy:
      kind === 'Endpoint'
        ? 'Delete the file to remove its endpoint, or write the endpoint.'
        : `Start it with "apiVersion: ${API_VERSION}" and "kind: ${kind}".`,
  })
}

function severalDocuments(file: YamlFile, second: YamlNode): Problem {
  return problemWith({
    code: 'document-kind',
    place: file.placeAt(second.start),
    message: 'the file holds more than one document',
    remedy: 'Keep one.',
  })
}
