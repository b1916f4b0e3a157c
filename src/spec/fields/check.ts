import { at } from '../../object/index.ts'
import type { z } from 'zod'
import type { YamlFile } from '../yaml/file.ts'
import { keyOffset, nodeAt, type Path, type YamlNode } from '../yaml/node.ts'
import { describeIssue, faultsOf, type Fault } from './faults.ts'
import { meantHere, withoutRenamed } from './renamed.ts'
import { meaningOf } from './meaning.ts'
import { meantValue } from './meant.ts'
import { endpointSpec } from '../schema/endpoint.ts'
import { projectDocument } from '../schema/project.ts'
import { closest, type Problem, type Loaded } from '../../problem/index.ts'
import { suggestion } from './suggest.ts'
import { pathText, valueText } from './words.ts'

/** What is checked: `value` is the node's, prepared (nulls taken out); `path` is where it stands in its document. A value without a file has no places. */
export interface Subject {
  file?: YamlFile
  node?: YamlNode
  value: unknown
  path: Path
  /** One of many of its kind: zod then compiles the schema, which takes longer than parsing a few. */
  isOneOfMany?: boolean
}

/** A whole document of a file. */
export function checkDocument<Schema extends z.ZodType>(
  schema: Schema,
  file: YamlFile,
  node: YamlNode,
): Loaded<z.output<Schema>> {
  return checkFields(schema, { file, node, value: node.value, path: [] })
}

/** Parses with a schema; every issue becomes one sentence at its place. */
export function checkFields<Schema extends z.ZodType>(
  schema: Schema,
  subject: Subject,
): Loaded<z.output<Schema>> {
  const jitless = subject.isOneOfMany !== true
  const result = schema.safeParse(subject.value, { error: describeIssue, jitless })
  if (result.success) return { value: result.data, problems: [] }
  const faults = withoutRenamed(faultsOf(result.error.issues, subject.value)).map(fault =>
    fault.type === 'missing' ? { ...fault, meaning: meaningOf(schema, fault.path) } : fault,
  )
  return { problems: faults.map(fault => problemOf(fault, subject)) }
}

function problemOf(fault: Fault, subject: Subject): Problem {
  const { file, node } = subject
  const place = file && node && { place: file.placeAt(offsetOf(fault, node)) }
  return { severity: 'error', ...place, ...sentence(fault, subject) }
}

/** The key of an unknown field, the value of a wrong one, the parent of a missing one. */
function offsetOf({ type, path }: Fault, root: YamlNode): number {
  if (type === 'missing') return keyOffset(root, path.slice(0, -1))
  const node = type === 'value' ? nodeAt(root, path) : undefined
  return node?.start ?? keyOffset(root, path)
}

type Sentence = Pick<Problem, 'code' | 'message' | 'remedy'>

function sentence(fault: Fault, subject: Subject): Sentence {
  const path = [...subject.path, ...fault.path]
  if (fault.type === 'unknown') return unknownField(path, fault.known)
  if (fault.type === 'missing') {
    const message = `${pathText(path)} is missing`
    return withRemedy(
      { code: 'missing-field', message },
      fault.meaning === undefined ? undefined : `Set it. ${fault.meaning}`,
    )
  }
  if (fault.type === 'key') {
    const name = valueText(String(path.at(-1)))
    const message = `${pathText(path.slice(0, -1))}: ${name} is not ${fault.expected}`
    return { code: 'bad-value', message }
  }
  const value = at(subject.value, ...fault.path)
  const node = subject.node && nodeAt(subject.node, fault.path)
  const message = `${pathText(path)} must be ${fault.expected}, not ${valueText(value)}`
  const code = fault.isType ? 'wrong-type' : 'bad-value'
  return withRemedy({ code, message }, meantValue(value, fault, node))
}

function unknownField(path: Path, known: readonly string[]): Sentence {
  const name = String(path.at(-1))
  const parent = pathText(path.slice(0, -1))
  const message = `unknown field "${name}"${parent === '' ? '' : ` in ${parent}`}`
  const remedy = isOfBoth(path) ? OF_BOTH : (belowSpec(path, known) ?? fieldRemedy(name, known))
  return withRemedy({ code: 'unknown-field', message }, remedy)
}

const OF_BOTH =
  'It is the same for both versions: set it in the spec itself. A candidate differs in what is about its pods.'

/** A field of a spec that was written beside it. */
function belowSpec([name, ...rest]: Path, known: readonly string[]): string | undefined {
  const isBeside = rest.length === 0 && known.includes('spec')
  const specs = [endpointSpec, projectDocument.shape.spec]
  return isBeside && specs.some(({ shape }) => Object.hasOwn(shape, String(name)))
    ? `Indent it under spec: it is spec.${String(name)}.`
    : undefined
}

/** A field of a spec that a canary cannot have. */
function isOfBoth(path: Path): boolean {
  const name = String(path.at(-1))
  return path.at(-2) === 'canary' && name !== 'canary' && Object.hasOwn(endpointSpec.shape, name)
}

function withRemedy(problem: Sentence, remedy: string | undefined): Sentence {
  return remedy === undefined ? problem : { ...problem, remedy }
}

function fieldRemedy(name: string, known: readonly string[]): string | undefined {
  const meant = meantHere(name, known)
  return meant === undefined || meant === closest(name, known)
    ? suggestion(name, known, 'Fields here')
    : `Here it is called ${meant}.`
}
