import type { Finding, YamlEntry, YamlNode } from './node.ts'

/** A map that is being read. */
export interface MapFrame {
  kind: 'map'
  node: YamlNode
  entries: Map<string, YamlEntry>
  values: Record<string, unknown>
  size: number
  anchor: string | undefined
  /** Set between a key and its value. */
  key: Key | undefined
  /** Values of `<<`. */
  merged: YamlNode[]
}

/** `text` is undefined for a key that was refused. */
export interface Key {
  text: string | undefined
  start: number
  isMerge: boolean
}

export function openMap({ start }: { start: number }, anchor: string | undefined): MapFrame {
  const entries = new Map<string, YamlEntry>()
  const values: Record<string, unknown> = {}
  const node = { start, value: values, entries }
  return { kind: 'map', node, entries, values, size: 1, anchor, key: undefined, merged: [] }
}

/** Keys are text; anything else gets a finding, and the entry is left out. */
export function readKey(
  { text, findings }: { text: string; findings: Finding[] },
  { node, isPlain }: { node: YamlNode; isPlain: boolean },
): Key {
  const { start } = node
  if (node.text !== undefined && node.text !== '' && node.text !== '__proto__')
    return { text: node.text, start, isMerge: isPlain && node.text === '<<' }
  findings.push({ code: 'yaml-syntax', offset: Math.max(start, 0), ...badKey(text, node) })
  return { text: undefined, start, isMerge: false }
}

function badKey(text: string, node: YamlNode): { message: string; remedy?: string } {
  if (node.text !== undefined)
    return { message: node.text === '' ? 'a key is empty' : 'a key must not be __proto__' }
  if (node.entries !== undefined && text.startsWith('{{', node.start - 1)) {
    return {
      message: 'a key must be text: {{ … }} is a map in a map, and no template is filled in here',
      remedy: 'Write the value itself, or put it in quotes.',
    }
  }
  return { message: 'a key must be text, not a list or map' }
}

export function addEntry(frame: MapFrame, node: YamlNode, findings: Finding[]): void {
  const { key } = frame
  frame.key = undefined
  if (key?.text === undefined) return
  if (key.isMerge) frame.merged.push(node)
  else if (frame.entries.has(key.text)) findings.push(duplicate(key.text, key.start))
  else setEntry(frame, key.text, { keyStart: key.start, node })
}

/** Merge keys (https://yaml.org/type/merge.html): what the map says itself is stronger, then earlier maps. */
export function closeMap(frame: MapFrame, findings: Finding[]): void {
  for (const node of frame.merged) {
    for (const source of node.items ?? [node]) {
      if (source.entries === undefined) findings.push(notMergeable(source.start))
      for (const [name, entry] of source.entries ?? []) {
        if (!frame.entries.has(name)) setEntry(frame, name, entry)
      }
    }
  }
}

function setEntry({ entries, values }: MapFrame, name: string, entry: YamlEntry): void {
  entries.set(name, entry)
  values[name] = entry.node.value
}

function duplicate(key: string, offset: number): Finding {
  return {
    code: 'duplicate-key',
    offset,
    message: `the key "${key}" appears twice in the same map`,
    remedy: 'Keep one of them.',
  }
}

function notMergeable(offset: number): Finding {
  return { code: 'yaml-syntax', offset, message: '<< takes a map or a list of maps' }
}
