import {
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE,
  type Event,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml'
import { isAmbiguousNumber, resolvePlain } from './scalar.ts'
import { addEntry, closeMap, openMap, readKey, type MapFrame } from './mapping.ts'
import type { Finding, YamlNode } from './node.ts'
import { readTag } from './tag.ts'

/** All aliases of a document together may stand for this many values. */
const MAX_ALIASED = 10_000

interface ListFrame {
  kind: 'list'
  node: YamlNode
  items: YamlNode[]
  values: unknown[]
  size: number
  anchor: string | undefined
}

interface DocumentFrame {
  kind: 'document'
  node: YamlNode | undefined
  size: number
  anchor: undefined
}

type Frame = MapFrame | ListFrame | DocumentFrame

interface Anchor {
  node: YamlNode
  /** Values in it; undefined while it is being read. */
  size: number | undefined
}

interface Build {
  text: string
  documents: YamlNode[]
  findings: Finding[]
  frames: Frame[]
  anchors: Map<string, Anchor>
  aliased: number
}

/** Events of a YAML stream → one node per document. Iterative: depth costs no stack. */
export function buildDocuments(
  text: string,
  events: readonly Event[],
): { documents: YamlNode[]; findings: Finding[] } {
  const build: Build = {
    text,
    documents: [],
    findings: [],
    frames: [],
    anchors: new Map(),
    aliased: 0,
  }
  for (const event of events) {
    take(build, event)
    if (build.aliased > MAX_ALIASED) break
  }
  return { documents: build.documents, findings: build.findings }
}

function take(build: Build, event: Event): void {
  switch (event.type) {
    case EVENT_ID.DOCUMENT:
      build.anchors = new Map()
      build.aliased = 0
      build.frames = [{ kind: 'document', node: undefined, size: 0, anchor: undefined }]
      return
    case EVENT_ID.SCALAR:
      takeScalar(build, event)
      return
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      openCollection(build, event)
      return
    case EVENT_ID.ALIAS:
      takeAlias(build, build.text.slice(event.anchorStart, event.anchorEnd), event.anchorStart - 1)
      return
    case EVENT_ID.POP:
      close(build)
  }
}

function takeScalar(build: Build, event: ScalarEvent): void {
  const text = getScalarValue(build.text, event)
  const tag = readTag(build, event)
  const isPlain = tag === 'text' ? false : event.style === SCALAR_STYLE.PLAIN || tag !== undefined
  const start = scalarStart(build, event)
  if (isPlain && isAmbiguousNumber(text) && !wantsKey(build)) reportAmbiguous(build, text, start)
  const node: YamlNode = { start, value: isPlain ? resolvePlain(text) : text, text }
  const anchor = anchorName(build, event)
  if (anchor !== undefined) build.anchors.set(anchor, { node, size: 1 })
  add(build, { node, size: 1, isPlain })
}

function openCollection(build: Build, event: MappingEvent | SequenceEvent): void {
  readTag(build, event)
  const anchor = anchorName(build, event)
  const frame = event.type === EVENT_ID.MAPPING ? openMap(event, anchor) : openList(event, anchor)
  if (anchor !== undefined) build.anchors.set(anchor, { node: frame.node, size: undefined })
  build.frames.push(frame)
}

function openList({ start }: SequenceEvent, anchor: string | undefined): ListFrame {
  const items: YamlNode[] = []
  const values: unknown[] = []
  return { kind: 'list', node: { start, value: values, items }, items, values, size: 1, anchor }
}

function takeAlias(build: Build, name: string, start: number): void {
  const anchor = build.anchors.get(name)
  if (anchor?.size === undefined) {
    const why = anchor === undefined ? 'has no anchor before it' : 'refers to itself'
    build.findings.push({ code: 'yaml-alias', offset: start, message: `the alias *${name} ${why}` })
    add(build, { node: { start, value: null }, size: 1, isPlain: false })
    return
  }
  build.aliased += anchor.size
  if (build.aliased > MAX_ALIASED) reportBomb(build, start)
  add(build, { node: { ...anchor.node, start }, size: anchor.size, isPlain: false })
}

function close(build: Build): void {
  const frame = build.frames.pop()
  if (frame === undefined) return
  if (frame.kind === 'document') {
    if (frame.node !== undefined) build.documents.push(frame.node)
    return
  }
  if (frame.kind === 'map') closeMap(frame, build.findings)
  if (frame.anchor !== undefined) build.anchors.set(frame.anchor, frame)
  add(build, { node: frame.node, size: frame.size, isPlain: false })
}

/** Puts a finished value where it belongs: into the document, a list, or as key or value into a map. */
function add(
  build: Build,
  { node, size, isPlain }: { node: YamlNode; size: number; isPlain: boolean },
): void {
  const frame = build.frames.at(-1)
  if (frame === undefined) return
  frame.size += size
  if (frame.kind === 'document') frame.node = node
  else if (frame.kind === 'list') {
    frame.items.push(node)
    frame.values.push(node.value)
  } else if (frame.key === undefined) {
    frame.key = readKey(build, { node, isPlain })
  } else {
    addEntry(frame, node, build.findings)
  }
}

function wantsKey(build: Build): boolean {
  const frame = build.frames.at(-1)
  return frame?.kind === 'map' && frame.key === undefined
}

/** Where an empty value would stand: an event without text has no place of its own. */
function scalarStart(build: Build, event: ScalarEvent): number {
  if (event.valueStart >= 0) {
    return event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED
      ? event.valueStart - 1
      : event.valueStart
  }
  const frame = build.frames.at(-1)
  if (frame?.kind === 'map' && frame.key !== undefined) return frame.key.start
  return frame?.node?.start ?? 0
}

type Tagged = ScalarEvent | MappingEvent | SequenceEvent

function anchorName(build: Build, event: Tagged): string | undefined {
  return event.anchorStart < 0 ? undefined : build.text.slice(event.anchorStart, event.anchorEnd)
}

function reportAmbiguous(build: Build, text: string, offset: number): void {
  build.findings.push({
    code: 'yaml-syntax',
    offset,
    message: `${text} is octal to some YAML readers and decimal to others`,
    remedy: `Write the number without leading zeros, or as text: "${text}".`,
  })
}

function reportBomb(build: Build, offset: number): void {
  build.findings.push({
    code: 'yaml-alias',
    offset,
    message: `the aliases of this document stand for more than ${MAX_ALIASED} values`,
    remedy: 'Write the values out, or move what endpoints share to spec.defaults in slipway.yaml.',
  })
}
