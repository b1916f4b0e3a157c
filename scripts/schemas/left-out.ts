import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { moduleFolder, type Module } from '../../src/sandbox/binaries/catalogue.ts'
import type { JsonSchema } from './json-schema.ts'

/**
 * Up to controller-runtime 0.19 a defaulting webhook answers with the object as Go writes it, so that fields with `omitempty` are gone where they are empty
 * before the API server asks the schema. Newer ones take such removals back (dropSchemeRemovals of its pkg/webhook/admission/defaulter_custom.go).
 */
const KEPT_SINCE = 20

/**
 * Of the fields whose schema refuses an empty value those with `omitempty` that are no pointers (KServe's pkg/apis/serving/v1beta1, the same in 0.16 to
 * 0.20): an empty scaleMetric stays, since it is one, and mountPath, since it is never omitted.
 */
const OMITTED = ['mode', 'storageUris']

/** Marks what KServe's defaulting webhook leaves out of an InferenceService, which of its kinds alone has one. */
export function markLeftOut(module: Module, schema: JsonSchema): void {
  if (controllerRuntimeOf(module) < KEPT_SINCE) mark(schema)
}

function mark({ properties = {}, items, additionalProperties }: JsonSchema): void {
  for (const [name, inner] of Object.entries(properties)) {
    if (OMITTED.includes(name) && isNeverEmpty(inner)) inner.isLeftOutWhenEmpty = true
    mark(inner)
  }
  if (items !== undefined) mark(items)
  if (typeof additionalProperties === 'object') mark(additionalProperties)
}

function isNeverEmpty({ minItems = 0, enum: words }: JsonSchema): boolean {
  return minItems > 0 || words?.includes('') === false
}

/** The minor version that KServe is built with: what takes the place of another one is said as `=>`. */
function controllerRuntimeOf(module: Module): number {
  const text = readFileSync(join(moduleFolder(module), 'go.mod'), 'utf8')
  const named = /=> sigs\.k8s\.io\/controller-runtime v0\.(\d+)\./.exec(text)
  if (named === null) throw new Error(`${module.folder}/go.mod does not say its controller-runtime`)
  return Number(named[1])
}
