import { mergePatch, type JsonMap, type KubeObject } from '../object/index.ts'
import type { SpecInput } from '../spec/index.ts'
import { comparable } from './comparable.ts'
import type { Completed, Render } from './draft.ts'
import { mergeFor } from './merge.ts'
import { operationsFor } from './operations.ts'

type Patch = NonNullable<SpecInput['patches']>[number]

interface Patching {
  rendered: KubeObject
  /** What it is to become, as `comparable` gives it. */
  wanted: JsonMap
  /** All objects of the endpoint: a name is said where its kind does not tell. */
  among: readonly KubeObject[]
  /** The merge from what is rendered to what is wanted; what the API server fills in is not said. */
  merging?: (before: JsonMap, wanted: JsonMap) => JsonMap | undefined
}

/** Patches that lead from a rendered object to another, as a merge where that can say it. */
export function patchesFor({ rendered, wanted, among, merging = mergeFor }: Patching): Patch[] {
  const target = targetOf(rendered, among)
  const before = comparable(rendered)
  const merge = merging(before, wanted)
  const merged = merge === undefined ? before : mergePatch(before, merge)
  const json = operationsFor(merged, wanted)
  return [
    ...(merge === undefined ? [] : [{ target, merge }]),
    ...(json.length === 0 ? [] : [{ target, json }]),
  ]
}

function targetOf({ kind, metadata: { name } }: KubeObject, among: readonly KubeObject[]) {
  const isOnly = among.filter(object => object.kind === kind).length === 1
  return isOnly ? { kind } : { kind, name }
}

/** With further patches, after its own. */
export async function withPatches(
  { document, rendered }: Completed,
  patches: readonly Patch[],
  render: Render,
): Promise<Completed> {
  if (patches.length === 0) return { document, rendered }
  const all = [...(document.spec.patches ?? []), ...patches]
  const patched = { ...document, spec: { ...document.spec, patches: all } }
  return { document: patched, rendered: await render(patched) }
}
