import { Optional } from '@marcbachmann/cel-js'
import { charge } from './budget.ts'
import { celFailure } from './failure.ts'

/** What the library gives to macros (its README, "Custom macros"). */
export interface MacroNode {
  op: string
  args: unknown
  checkedType?: MacroType
}
interface MacroType {
  kind: string
  name?: string
  valueType?: MacroType
}
interface Scope {
  forkWithVariable: (name: string, type: MacroType) => Scope
  reuse: (parent: Scope) => Scope
  setIterValue: (value: unknown, evaluator: Evaluator) => Scope
}
interface Checker {
  check: (node: MacroNode, scope: Scope) => MacroType
  getType: (name: string) => MacroType
}
interface Evaluator {
  run: (node: MacroNode, scope: Scope) => unknown
}
interface Call {
  args: MacroNode[]
  receiver: MacroNode
}

export interface Macro {
  async: false
  typeCheck: (checker: Checker, macro: Macro, scope: Scope) => MacroType
  evaluate: (evaluator: Evaluator, macro: Macro, scope: Scope) => unknown
}

export type Macros = Record<string, (call: Call) => Macro>

/** Comprehensions of two variables (cel-go, ext/comprehensions.go), and what follows an optional value. */
export const MACROS: Macros = {
  'list.all(ast, ast, ast): bool': call =>
    overPairs(call, 'bool', (pairs, [holds]) => {
      const failed = firstError(pairs, pair => !isTrue(holds, pair))
      return !failed
    }),
  'list.exists(ast, ast, ast): bool': call =>
    overPairs(call, 'bool', (pairs, [holds]) => firstError(pairs, pair => isTrue(holds, pair))),
  'list.existsOne(ast, ast, ast): bool': call =>
    overPairs(
      call,
      'bool',
      (pairs, [holds]) => pairs.filter(pair => isTrue(holds, pair)).length === 1,
    ),
  'list.transformList(ast, ast, ast): list<dyn>': call =>
    overPairs(call, 'list', (pairs, [transform]) => pairs.map(pair => transform?.(...pair))),
  'list.transformList(ast, ast, ast, ast): list<dyn>': call =>
    overPairs(call, 'list', (pairs, [holds, transform]) =>
      pairs.filter(pair => isTrue(holds, pair)).map(pair => transform?.(...pair)),
    ),
  'list.transformMap(ast, ast, ast): map<dyn, dyn>': call =>
    overPairs(
      call,
      'map',
      (pairs, [transform]) => new Map(pairs.map(pair => [pair[0], transform?.(...pair)])),
    ),
  'list.transformMap(ast, ast, ast, ast): map<dyn, dyn>': call =>
    overPairs(call, 'map', (pairs, [holds, transform]) => {
      const kept = pairs.filter(pair => isTrue(holds, pair))
      return new Map(kept.map(pair => [pair[0], transform?.(...pair)]))
    }),
  'optional.optMap(ast, ast): optional<dyn>': call =>
    overOptional(call, value => Optional.of(value)),
  'optional.optFlatMap(ast, ast): optional<dyn>': call => overOptional(call, value => value),
}

type Pair = [key: unknown, value: unknown]
type Part = (key: unknown, value: unknown) => unknown

function isTrue(part: Part | undefined, pair: Pair): boolean {
  const value = part?.(...pair)
  if (typeof value !== 'boolean') throw celFailure('the predicate must return bool')
  return value
}

/** One that holds decides, whatever else fails: as `||` does. */
function firstError(pairs: readonly Pair[], holds: (pair: Pair) => boolean): boolean {
  let error: unknown
  for (const pair of pairs) {
    try {
      if (holds(pair)) return true
    } catch (caught) {
      error ??= caught
    }
  }
  if (error !== undefined) throw error
  return false
}

function overPairs(
  { args, receiver }: Call,
  type: string,
  combine: (pairs: readonly Pair[], parts: readonly Part[]) => unknown,
): Macro {
  const [first, second, ...bodies] = args
  const [key, value] = [nameOf(first), nameOf(second)]
  let scopes: [Scope, Scope] | undefined
  return {
    async: false,
    typeCheck: (checker, _, scope) => {
      const range = checker.check(receiver, scope)
      if (!['dyn', 'list', 'map'].includes(range.kind))
        throw celFailure('the range of a comprehension must be a list or a map')
      const dyn = checker.getType('dyn')
      const outer = scope.forkWithVariable(key, dyn)
      const inner = outer.forkWithVariable(value, dyn)
      scopes = [outer, inner]
      for (const body of bodies) checker.check(body, inner)
      return checker.getType(type)
    },
    evaluate: (evaluator, _, scope) => {
      if (scopes === undefined) throw celFailure('not checked')
      const [outer, inner] = scopes
      const pairs = pairsOf(evaluator.run(receiver, scope))
      const parts = bodies.map(body => (index: unknown, item: unknown) => {
        charge(1)
        const within = inner.reuse(outer.reuse(scope).setIterValue(index, evaluator))
        return evaluator.run(body, within.setIterValue(item, evaluator))
      })
      return combine(pairs, parts)
    },
  }
}

function nameOf(node: MacroNode | undefined): string {
  if (node?.op === 'id' && typeof node.args === 'string') return node.args
  throw celFailure('the variable of a comprehension must be a name')
}

function pairsOf(range: unknown): Pair[] {
  if (Array.isArray(range)) return range.map((item, index) => [BigInt(index), item])
  if (range instanceof Map) return [...range]
  if (typeof range === 'object' && range !== null) return Object.entries(range)
  throw celFailure('the range of a comprehension must be a list or a map')
}

function overOptional({ args, receiver }: Call, wrap: (value: unknown) => unknown): Macro {
  const [variable, body] = args
  const name = nameOf(variable)
  let inner: Scope | undefined
  return {
    async: false,
    typeCheck: (checker, _, scope) => {
      checker.check(receiver, scope)
      inner = scope.forkWithVariable(name, checker.getType('dyn'))
      if (body !== undefined) checker.check(body, inner)
      return checker.getType('optional<dyn>')
    },
    evaluate: (evaluator, _, scope) => {
      const optional = evaluator.run(receiver, scope)
      if (!(optional instanceof Optional)) throw celFailure('the value must be optional')
      if (!optional.hasValue() || inner === undefined || body === undefined) return Optional.none()
      return wrap(evaluator.run(body, inner.reuse(scope).setIterValue(optional.value(), evaluator)))
    },
  }
}

/** `has(a.b)` for whatever `a` is: the library's own takes only names and their fields. */
export function hasMacro(field: MacroNode): Macro {
  const [operand, name] = field.args as [MacroNode, string]
  return {
    async: false,
    typeCheck: (checker, _, scope) => {
      checker.check(operand, scope)
      return checker.getType('bool')
    },
    evaluate: (evaluator, _, scope) => hasField(evaluator.run(operand, scope), name),
  }
}

function hasField(value: unknown, name: string): boolean {
  if (value instanceof Optional) return value.hasValue() && hasField(value.value(), name)
  if (value instanceof Map) return value.has(name)
  if (typeof value === 'object' && value?.constructor === Object) return Object.hasOwn(value, name)
  throw celFailure(`has(): the value has no fields, so no "${name}"`)
}
