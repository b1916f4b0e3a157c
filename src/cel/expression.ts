import { charge, chargeValue, within, type Budget } from './budget.ts'
import { dialectWith, PREFIX } from './dialect.ts'
import {
  childrenOf,
  findUnknown,
  nodesOf,
  resolveCalls,
  type Node,
  type SyntaxFault,
} from './syntax.ts'
import { findMixture, findWrongLiteral } from './literals.ts'

/** A CEL expression, checked and ready. */
export interface Expression {
  text: string
  /** bool, string, …, or dyn where that is known only when it is evaluated. */
  type: string
  evaluate: (values: Record<string, unknown>, budget: Budget) => Result
}

export type Result = { value: unknown } | { error: string }

export interface CompileOptions {
  text: string
  /** Types of what is below `variables`, by the names that were declared before. */
  variables: Readonly<Record<string, string>>
  /** What it must be: `bool`, or several; as in the API server, a value whose type is not known before will not do. */
  types: readonly string[]
}

/** In characters: longer ones are not written by people. */
const MAX_LENGTH = 16_384

/** Parses, resolves and checks; the fault's offset is in the text. */
export function compile(options: CompileOptions): { value: Expression } | { fault: SyntaxFault } {
  const { text } = options
  if (text.length > MAX_LENGTH)
    return { fault: { message: `it is longer than ${MAX_LENGTH} characters`, offset: 0 } }
  try {
    return compileShort(options)
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

function compileShort({ text, variables, types }: CompileOptions) {
  const parsed = dialectWith(variables).parse(text)
  const root = parsed.ast as unknown as Node
  const nodes = nodesOf(root)
  if (nodes === undefined) return { fault: { message: 'it is too deeply nested', offset: 0 } }
  const fault =
    findUnknown(nodes, Object.keys(variables)) ?? findWrongLiteral(nodes) ?? resolveCalls(nodes)
  if (fault !== undefined) return { fault }
  const { valid, type = 'dyn', error } = parsed.check()
  if (!valid) return { fault: faultOf(error) }
  const mixture = findMixture(nodes)
  if (mixture !== undefined) return { fault: mixture }
  if (types.length > 0 && !types.includes(type))
    return {
      fault: { message: `it must evaluate to ${types.join(' or ')}, not ${type}`, offset: 0 },
    }
  meter(nodes)
  return { value: { text, type, evaluate: evaluatorOf(parsed) } }
}

function faultOf(error: unknown): SyntaxFault {
  return { message: summaryOf(error), offset: startOf(error) }
}

function startOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('range' in error)) return 0
  return (error.range as { start?: number } | undefined)?.start ?? 0
}

function summaryOf(error: unknown): string {
  if (error instanceof RangeError && error.message.includes('call stack'))
    return 'it is too deeply nested'
  if (!(error instanceof Error)) return 'it cannot be evaluated'
  const summary = 'summary' in error ? String(error.summary) : error.message
  return summary.replaceAll(PREFIX, '')
}

const WALKS = new Set(['==', '!=', '<', '<=', '>', '>=', 'in', '+', 'call', 'rcall', 'list', 'map'])

/** Every step is charged, and so is what an operator or a function walks through. */
function meter(nodes: readonly Node[]): void {
  const operands = new Set(nodes.filter(({ op }) => WALKS.has(op)).flatMap(childrenOf))
  for (const node of nodes) meterNode(node, operands.has(node))
}

function meterNode(node: Node, isOperand: boolean): void {
  let inner = node.evaluate
  function counted(evaluator: unknown, self: Node, scope: unknown): unknown {
    charge(1)
    const value = inner.call(node, evaluator, self, scope)
    if (isOperand) chargeValue(value)
    return value
  }
  // The library puts a node's own way of evaluating in place of the general one the first time.
  Object.defineProperty(node, 'evaluate', {
    get: () => counted,
    set: (next: Node['evaluate']) => {
      inner = next
    },
  })
}

function evaluatorOf(parsed: (values: Record<string, unknown>) => unknown): Expression['evaluate'] {
  return (values, budget) => {
    const { value, error, isSpent } = within(budget, () => parsed(values))
    if (isSpent) return { error: 'it takes too many steps and was stopped' }
    if (error !== undefined) return { error: summaryOf(error) }
    return { value }
  }
}
