/** A value of a YAML document, with the places of all its parts. */
export interface YamlNode {
  /** Offset in the file's text. */
  start: number
  /** The value as plain JSON. */
  value: unknown
  /** A scalar as written, without quotes. */
  text?: string
  entries?: Map<string, YamlEntry>
  items?: YamlNode[]
}

export interface YamlEntry {
  keyStart: number
  node: YamlNode
}

/** Something wrong in the text of one file; becomes a Problem once the file is known. */
export interface Finding {
  code:
    | 'yaml-syntax'
    | 'yaml-encoding'
    | 'yaml-alias'
    | 'yaml-too-large'
    | 'duplicate-key'
    | 'document-kind'
  offset: number
  message: string
  remedy?: string
}

export type Path = readonly (string | number)[]

/** Where the field stands, or its nearest ancestor that does: the offset of its key (of the item in a list). */
export function keyOffset(root: YamlNode, path: Path): number {
  let node: YamlNode = root
  let offset = root.start
  for (const step of path) {
    const entry = node.entries?.get(String(step))
    const next = entry?.node ?? node.items?.[Number(step)]
    if (next === undefined) return offset
    offset = entry?.keyStart ?? next.start
    node = next
  }
  return offset
}

/** The node itself; undefined when there is none. */
export function nodeAt(root: YamlNode, path: Path): YamlNode | undefined {
  let node: YamlNode | undefined = root
  for (const step of path)
    node = node?.entries?.get(String(step))?.node ?? node?.items?.[Number(step)]
  return node
}
