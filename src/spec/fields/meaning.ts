import * as z from 'zod'
import type { core } from 'zod'
import type { Path } from '../yaml/node.ts'

/** What a schema says that a field means; undefined where it says nothing. */
export function meaningOf(schema: core.$ZodType, path: Path): string | undefined {
  const [step, ...rest] = path
  const described = z.globalRegistry.get(schema)?.description
  if (step === undefined && described !== undefined) return described
  for (const inner of partsOf(schema, step)) {
    const isWrapped = inner.path === 'same'
    const found = meaningOf(inner.schema, isWrapped ? path : rest)
    if (found !== undefined) return found
  }
  return undefined
}

interface Part {
  schema: core.$ZodType
  /** Whether the step is taken by it, or is still ahead. */
  path: 'same' | 'below'
}

function partsOf(schema: core.$ZodType, step: string | number | undefined): Part[] {
  if (schema instanceof z.ZodOptional) return [{ schema: schema.unwrap(), path: 'same' }]
  if (schema instanceof z.ZodPipe) return [{ schema: schema.in, path: 'same' }]
  if (schema instanceof z.ZodUnion)
    return schema.options.map(option => ({ schema: option, path: 'same' as const }))
  if (step === undefined) return []
  if (schema instanceof z.ZodArray) return [{ schema: schema.element, path: 'below' }]
  if (schema instanceof z.ZodRecord) return [{ schema: schema.valueType, path: 'below' }]
  if (!(schema instanceof z.ZodObject) || !Object.hasOwn(schema.shape, step)) return []
  const shape: Readonly<Record<string, core.$ZodType>> = schema.shape
  const field = shape[step]
  return field === undefined ? [] : [{ schema: field, path: 'below' }]
}
