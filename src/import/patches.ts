import { at, entries, mergePatch } from '../object/index.ts'
import type { JsonMap, KubeObject } from '../object/index.ts'
import type { SpecInput } from '../spec/index.ts'
import { comparable } from './comparable.ts'
import { mergeFor } from './merge.ts'
import { operationsFor } from './operations.ts'
import type { Operation } from './operations.ts'

type Patch = NonNullable<SpecInput['patches']>[number]

interface Patching {
  rendered: KubeObject
  /** What it is to become, as `comparable` gives it. */
  wanted: JsonMap
  /** The model server's container there. */
  server?: string | undefined
}

/** Patches that lead from a rendered object to another, as a merge where that can say it. */
export function patchesFor({ rendered, wanted, server }: Patching): Patch[] {
  const target = { kind: rendered.kind }
  const before = comparable(rendered)
  const renamed = withServer(wanted, { from: server, to: SERVER })
  const merge = mergeFor(before, renamed)
  const merged = merge === undefined ? before : mergePatch(before, merge)
  const json = [...operationsFor(merged, renamed), ...renaming(wanted, server)]
  return [
    ...(merge === undefined ? [] : [{ target, merge }]),
    ...(json.length === 0 ? [] : [{ target, json }]),
  ]
}

/** As slipway calls it in a Deployment. */
const SERVER = 'server'

function containersOf(object: unknown): JsonMap[] {
  return entries(at(object, 'spec', 'template', 'spec', 'containers'))
}

/** With the container under the name that it is rendered with, so that the two can be compared. */
function withServer(
  object: JsonMap,
  { from, to }: { from: string | undefined; to: string },
): JsonMap {
  const copy = structuredClone(object)
  const container = containersOf(copy).find(({ name }) => name === from)
  if (container !== undefined) container['name'] = to
  return copy
}

function renaming(wanted: JsonMap, server: string | undefined): Operation[] {
  const index = containersOf(wanted).findIndex(({ name }) => name === server)
  if (index < 0 || server === SERVER) return []
  const path = `/spec/template/spec/containers/${index}/name`
  return [{ op: 'replace', path, value: server }]
}
