import { isMap, type JsonMap } from '../../object/index.ts'
import type { Path } from '../yaml/node.ts'
import { KEYED_LISTS, mergeList } from './lists.ts'
import type { LayerSource } from './layer.ts'
import type { Merged, MergedMap, Statement, Trace } from './merged.ts'

interface MapStatement extends Statement {
  value: Readonly<JsonMap>
}

/**
 * All layers as one spec (R7); sources strongest first. Maps merge field by field, unless they are one of
 * several alternatives; a map over false revives weaker layers' maps; lists replace, except keyed ones.
 */
export function mergeLayers(sources: readonly LayerSource[], weakest: LayerSource): MergedMap {
  return mergeMaps(sources.map(mapStatement), [], sources[0] ?? weakest)
}

function mapStatement(source: LayerSource): MapStatement {
  return { value: source.fields, source }
}

/** The effective value of one top-level field. */
export function mergeField(sources: readonly LayerSource[], name: string): unknown {
  return mergeAt(
    statementsOf(
      sources.map(source => ({ value: source.fields, source })),
      name,
    ),
    [name],
  )?.value
}

function mergeAt(statements: readonly Statement[], path: Path): Merged | undefined {
  const valid = isWithin(path) ? statements : untilRemoved(statements)
  const [strongest] = valid
  if (strongest === undefined) return undefined
  const { value, source } = strongest
  if (Array.isArray(value) && path.length === 1 && String(path[0]) in KEYED_LISTS)
    return mergeList(valid, String(path[0]), source)
  if (!isMap(value) || isAlternative(path)) return { value, trace: { source } }
  return mergeMaps(valid.filter(isMapStatement), path, source)
}

/** A null ends what weaker layers say, built-in values aside. */
function untilRemoved(statements: readonly Statement[]): readonly Statement[] {
  const end = statements.findIndex(({ value }) => value === null)
  if (end < 0) return statements
  const rest = statements
    .slice(end)
    .filter(({ source, value }) => source.isBuiltIn && value !== null)
  return [...statements.slice(0, end), ...rest]
}

/** Only one of several forms can hold: the strongest layer's, whole. */
export function isAlternative(path: Path): boolean {
  const [first, second] = path
  if (path.length === 1) return first === 'disruptionBudget'
  if (path.length !== 2) return false
  if (first === 'model') return second === 'format'
  return first === 'env' || first === 'ports' || (first === 'shutdown' && second === 'preStop')
}

function isMapStatement(statement: Statement): statement is MapStatement {
  return isMap(statement.value)
}

/** Weaker layers' fields come first. */
function mergeMaps(
  statements: readonly MapStatement[],
  path: Path,
  strongest: LayerSource,
): MergedMap {
  const [first, second] = statements
  if (first !== undefined && second === undefined && !first.source.hasNulls)
    return { value: first.value, trace: { source: first.source } }
  const value: JsonMap = {}
  const parts: Record<string, Trace> = {}
  for (const name of namesOf(statements)) {
    const merged = mergeAt(statementsOf(statements, name), [...path, name])
    if (merged === undefined) continue
    value[name] = merged.value
    parts[name] = merged.trace
  }
  return { value, trace: { source: strongest, parts } }
}

function namesOf(statements: readonly MapStatement[]): Set<string> {
  const names = new Set<string>()
  for (const { value } of statements.toReversed()) {
    for (const name of Object.keys(value)) names.add(name)
  }
  return names
}

function statementsOf(statements: readonly MapStatement[], name: string): Statement[] {
  const found: Statement[] = []
  for (const { value, source } of statements) {
    const field = value[name]
    if (field !== undefined) found.push({ value: field, source })
  }
  return found
}

/** Fields that are merged over what is rendered: a null in them takes a rendered field away, not what weaker layers say. */
const PASS_THROUGH: readonly Path[] = [
  ['pod'],
  ['kserve', 'predictor'],
  ['kserve', 'transformer'],
  ['kserve', 'explainer'],
]

/** Whether the path of a field leads below one of them. */
function isWithin(path: Path): boolean {
  return PASS_THROUGH.some(
    field => path.length > field.length && field.every((step, index) => path[index] === step),
  )
}
