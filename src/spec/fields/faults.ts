import * as z from 'zod'
import { at, isMap } from '../../object/index.ts'
import type { core } from 'zod'
import type { Path } from '../yaml/node.ts'
import { orList } from './words.ts'

/** What zod found, in our terms. */
export type Fault =
  | { type: 'unknown'; path: Path; known: string[] }
  | { type: 'missing'; path: Path; meaning?: string | undefined }
  | { type: 'key'; path: Path; expected: string }
  | { type: 'value'; path: Path; expected: string; options: string[]; isType: boolean }

type Issue = core.$ZodIssue

/** Faults of a list of issues; one per field, the first. */
export function faultsOf(issues: readonly Issue[], root: unknown): Fault[] {
  const faults = issues.flatMap(issue => faultsOfIssue(issue, [], root))
  const seen = new Set<string>()
  return faults.filter(fault => {
    const key = JSON.stringify(fault.path)
    return !seen.has(key) && seen.add(key)
  })
}

function faultsOfIssue(issue: Issue, above: Path, root: unknown): Fault[] {
  const path = [...above, ...issue.path.map(stepOf)]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => ({ type: 'unknown', path: [...path, key], known: split(issue) }))
    case 'invalid_key':
      return [{ type: 'key', path, expected: issue.issues[0]?.message ?? issue.message }]
    case 'invalid_union':
      return faultsOfUnion(issue, path, root)
    case 'invalid_value': {
      const options = issue.values.map(String)
      return [{ type: 'value', path, expected: issue.message, options, isType: false }]
    }
    default: {
      if (at(root, ...path) === undefined) return [{ type: 'missing', path }]
      const isType = issue.code === 'invalid_type'
      const [expected = '', fields] = issue.message.split(FIELDS_BELOW)
      const options = fields?.split(KNOWN_SEPARATOR) ?? []
      return [{ type: 'value', path, expected, options, isType }]
    }
  }
}

function stepOf(key: PropertyKey): string | number {
  return typeof key === 'number' ? key : String(key)
}

function faultsOfUnion(issue: core.$ZodIssueInvalidUnion, path: Path, root: unknown): Fault[] {
  if (at(root, ...path) === undefined) return [{ type: 'missing', path }]
  const branch = nearestBranch(issue.errors, at(root, ...path))
  if (branch !== undefined) return branch.flatMap(inner => faultsOfIssue(inner, path, root))
  const options = issue.errors.flat().flatMap(inner => {
    if (inner.code === 'unrecognized_keys') return split(inner)
    return inner.code === 'invalid_value' ? inner.values.map(String) : []
  })
  const isType = !issue.errors.flat().some(isWrongForm)
  return [{ type: 'value', path, expected: issue.message, options, isType }]
}

/** The right type, but not a value of it that is allowed. */
function isWrongForm(issue: Issue): boolean {
  if (issue.path.length > 0) return false
  if (issue.code === 'invalid_union') return issue.errors.flat().some(isWrongForm)
  return /^(invalid_format|too_small|too_big|not_multiple_of)$/.test(issue.code)
}

/** The one alternative that the value was clearly meant to be: fewest faults inside, none at its root. */
function nearestBranch(
  branches: readonly (readonly Issue[])[],
  value: unknown,
): readonly Issue[] | undefined {
  const ranked = branches
    .filter(branch => branch.every(isInside) && !isStranger(branch, value))
    .map(branch => ({ branch, cost: costOf(branch) }))
    .toSorted((a, b) => a.cost - b.cost)
  const [first, second] = ranked
  return first === undefined || first.cost === second?.cost ? undefined : first.branch
}

function isInside(issue: Issue): boolean {
  return issue.path.length > 0 || issue.code === 'unrecognized_keys'
}

/** Nothing that the alternative needs is there, and nothing that is there belongs to it. */
function isStranger(branch: readonly Issue[], value: unknown): boolean {
  if (!isMap(value)) return false
  const unknown = branch.flatMap(issue => (issue.code === 'unrecognized_keys' ? issue.keys : []))
  const isMissing = branch.some(issue => at(value, ...issue.path.map(stepOf)) === undefined)
  return isMissing && unknown.length === Object.keys(value).length
}

function costOf(branch: readonly Issue[]): number {
  const costs = branch.map(issue => (issue.code === 'unrecognized_keys' ? issue.keys.length : 1))
  return costs.reduce((sum, cost) => sum + cost, 0)
}

const KNOWN_SEPARATOR = ' '
/** Between the type and the fields of a map that was expected. */
const FIELDS_BELOW = '\n'

function split(issue: Issue): string[] {
  return issue.message.split(KNOWN_SEPARATOR)
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a map',
  record: 'a map',
}

/** Zod's messages, where the schema gives none: what would be right, as a noun phrase. */
export function describeIssue(issue: core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys':
      return knownFields(issue.inst).join(KNOWN_SEPARATOR)
    case 'invalid_type': {
      const fields = knownFields(issue.inst)
      const type = TYPES[issue.expected] ?? issue.expected
      return fields.length === 0 ? type : `${type}${FIELDS_BELOW}${fields.join(KNOWN_SEPARATOR)}`
    }
    case 'invalid_value':
      return orList(issue.values.map(String))
    case 'too_small':
      return issue.origin === 'array' ? 'a list with at least one entry' : undefined
    default:
      return undefined
  }
}

function knownFields(schema: unknown): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}
