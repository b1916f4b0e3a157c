import type { KubeObject } from '../object/index.ts'
import type { Place } from '../problem/index.ts'
import { budgetFor, type Budget } from './budget.ts'
import { compile, type Expression } from './expression.ts'
import { matchOf, targetOf, type Matching } from './matching.ts'
import { celValue, servedValue } from './value.ts'

/** An expression as it is written, and the place of an offset in it. */
export interface Written {
  text: string
  placeAt: (offset: number) => Place
}

export interface PolicySource {
  name: string
  /** What an expression that cannot be evaluated means: a refusal, or a warning. */
  failurePolicy: 'Fail' | 'Ignore'
  matching: Matching
  conditions: readonly Named[]
  variables: readonly Named[]
  validations: readonly WrittenValidation[]
  /** Their values are for an audit log; one that cannot be evaluated counts. */
  audits: readonly Named[]
}

export interface Named {
  name: string
  expression: Written
}

export interface WrittenValidation {
  expression: Written
  message?: string | undefined
  messageExpression?: Written | undefined
}

/** What a policy says of one object. */
export interface Verdict {
  /** What the policy's author says to it, or why it could not be judged. */
  message: string
  /** The expression that decided. */
  place: Place
  /** It could not be evaluated: with failurePolicy Ignore, that is no refusal. */
  isError: boolean
  isIgnored: boolean
}

/** A policy, ready: `judge` is for a set of so many objects, and what it may cost grows with them. */
export interface CelPolicy {
  name: string
  judge: (objects: number) => (object: KubeObject) => Verdict[]
}

export interface Fault {
  message: string
  place: Place
}

/** Compiles every expression of a policy; with faults there is no policy. */
export function compilePolicy(source: PolicySource): { value?: CelPolicy; faults: Fault[] } {
  const faults: Fault[] = []
  const ready = prepare(source, (written, options) => {
    const result = compile({ text: written.text, ...options })
    if ('value' in result) return result.value
    const { message, offset } = result.fault
    faults.push({ message, place: written.placeAt(offset) })
    return undefined
  })
  if (faults.length > 0) return { faults }
  return {
    value: {
      name: source.name,
      judge: objects => {
        const budget = budgetFor(objects)
        return object => judgeMatched(source, ready, { object, budget })
      },
    },
    faults,
  }
}

interface Step {
  name: string
  expression: Expression
  place: Place
}

interface Ready {
  isIgnoring: boolean
  conditions: Step[]
  variables: Step[]
  validations: (Step & { message: string | undefined; says: Expression | undefined })[]
  audits: Step[]
}

type Compile = (
  written: Written,
  options: { variables: Readonly<Record<string, string>>; types: readonly string[] },
) => Expression | undefined

const BOOL = ['bool']

function prepare(source: PolicySource, run: Compile): Ready {
  const known: Record<string, string> = {}
  const step = (name: string, written: Written, types: readonly string[]) => {
    const expression = run(written, { variables: { ...known }, types })
    return expression === undefined ? [] : [{ name, expression, place: written.placeAt(0) }]
  }
  // They are evaluated before there are variables.
  const conditions = source.conditions.flatMap(each => step(each.name, each.expression, BOOL))
  const variables = source.variables.flatMap(({ name, expression }) => {
    const ready = step(name, expression, [])
    known[name] = ready[0]?.expression.type ?? 'dyn'
    return ready
  })
  return {
    isIgnoring: source.failurePolicy === 'Ignore',
    conditions,
    variables,
    validations: source.validations.flatMap(({ expression, message, messageExpression }) => {
      const says =
        messageExpression && run(messageExpression, { variables: known, types: ['string'] })
      return step('', expression, BOOL).map(ready => ({ ...ready, message, says }))
    }),
    audits: source.audits.flatMap(each => step(each.name, each.expression, ['string', 'null'])),
  }
}

function judgeMatched(
  { name, matching }: PolicySource,
  ready: Ready,
  { object, budget }: { object: KubeObject; budget: Budget },
): Verdict[] {
  const match = matchOf(matching, object)
  if (match === 'yes') return judgeValues(ready, object, budget)
  const [first] = ready.validations
  if (match === 'no' || first === undefined) return []
  const error = `its rules name other versions than ${object.apiVersion}, and only the cluster can convert`
  return [failed({ ...first, name }, ready, error)]
}

/** Other errors are caught where expressions are evaluated: here it is the object that is too deep for the stack. */
function judgeValues(ready: Ready, object: KubeObject, budget: Budget): Verdict[] {
  try {
    return judge(ready, object, budget)
  } catch (error) {
    const [first] = ready.validations
    if (!(error instanceof RangeError) || first === undefined) throw error
    return [failed(first, ready, 'the object is too deeply nested')]
  }
}

interface Run {
  values: Record<string, unknown>
  budget: Budget
}

function judge(ready: Ready, object: KubeObject, budget: Budget): Verdict[] {
  const values = valuesFor(object)
  const run = { values: { ...values, variables: new Map() }, budget }
  const condition = meetsConditions(ready, run)
  if (condition !== true) return condition === false ? [] : [condition]
  const full = { values: { ...values, variables: variablesOf(ready.variables, run) }, budget }
  return [
    ...ready.validations.flatMap(validation => validate(validation, ready, full)),
    ...ready.audits.flatMap(step => {
      const result = step.expression.evaluate(full.values, budget)
      return 'error' in result ? [failed(step, ready, result.error)] : []
    }),
  ]
}

function valuesFor(object: KubeObject): Record<string, unknown> {
  const { group, version, kind, resource } = targetOf(object)
  const { name, namespace = '' } = object.metadata
  const gvk = { group, version, kind }
  const gvr = { group, version, resource }
  const request = {
    kind: gvk,
    resource: gvr,
    requestKind: gvk,
    requestResource: gvr,
    name,
    namespace,
    operation: 'CREATE',
    dryRun: false,
  }
  return { object: servedValue(object), oldObject: null, request: celValue(request) }
}

/** One that is false decides, even where another cannot be evaluated. */
function meetsConditions(ready: Ready, { values, budget }: Run): boolean | Verdict {
  let error: Verdict | undefined
  for (const step of ready.conditions) {
    const result = step.expression.evaluate(values, budget)
    if ('error' in result) error ??= failed(step, ready, result.error)
    else if (result.value === false) return false
    else if (result.value !== true) error ??= failed(step, ready, 'it is not true or false')
  }
  return error ?? true
}

/** Each is evaluated when it is asked for, and once. */
function variablesOf(steps: readonly Step[], { values, budget }: Run): object {
  const variables = {}
  for (const { name, expression } of steps) {
    let known: { value: unknown } | undefined
    Object.defineProperty(variables, name, {
      enumerable: true,
      get: () => {
        known ??= { value: valueOf(expression, { values: { ...values, variables }, budget }) }
        return known.value
      },
    })
  }
  return variables
}

function valueOf(expression: Expression, { values, budget }: Run): unknown {
  const result = expression.evaluate(values, budget)
  if ('error' in result) throw new Error(result.error)
  return result.value
}

function validate(step: Ready['validations'][number], ready: Ready, { values, budget }: Run) {
  const { expression, place, message, says } = step
  const result = expression.evaluate(values, budget)
  if ('error' in result) return [failed(step, ready, result.error)]
  if (result.value === true) return []
  if (result.value !== false) return [failed(step, ready, 'it is not true or false')]
  const said = says?.evaluate(values, budget)
  const own = said !== undefined && 'value' in said ? usable(said.value) : undefined
  const text = own ?? message?.trim() ?? ''
  return [
    {
      message: text === '' ? `failed expression: ${expression.text.trim()}` : text,
      place,
      isError: false,
      isIgnored: false,
    },
  ]
}

/** As the API server has it: one line of at most 5 KiB, else the fixed message. */
function usable(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  return text === '' || text.includes('\n') || Buffer.byteLength(text) > 5120 ? undefined : text
}

function failed({ name, place }: Step, { isIgnoring }: Ready, error: string): Verdict {
  const which = name === '' ? 'the expression' : `"${name}"`
  return {
    message: `${which} cannot be evaluated: ${error}`,
    place,
    isError: true,
    isIgnored: isIgnoring,
  }
}
