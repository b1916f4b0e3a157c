import { evaluate } from '@marcbachmann/cel-js'
import { integerOf } from './functions/numbers.ts'
import { checkPattern } from './functions/regex.ts'
import { calledIn } from './syntax.ts'
import type { Called, Node, SyntaxFault } from './syntax.ts'

/** What the API server refuses of literals, before anything is evaluated (cel-go's ASTValidators). */
export function findWrongLiteral(nodes: readonly Node[]): SyntaxFault | undefined {
  // The values of format() are of any types.
  const exempt = new Set(nodes.map(calledIn).flatMap(valuesOfFormat))
  for (const node of nodes) {
    const message = exempt.has(node) ? undefined : (faultIn(node) ?? wrongArgument(calledIn(node)))
    if (message !== undefined) return { message, offset: node.start }
  }
  return undefined
}

function valuesOfFormat(called: Called | undefined): Node[] {
  return called?.name === 'format' ? called.args : []
}

/** `[1, "a"]`: elements are of one type; those whose type is not known are no mixture. */
function faultIn(node: Node): string | undefined {
  const groups = groupsOf(node).map(group => group.filter(({ op }) => op === 'value'))
  if (groups.some(group => new Set(group.map(({ args }) => typeof args)).size > 1))
    return 'elements of a list or a map must be of one type; dyn() makes them so'
  const keys = node.op === 'map' ? (node.args as [Node, Node][]).map(([key]) => key) : []
  return keys.some(isLost) ? 'slipway does not support such a key' : undefined
}

function groupsOf({ op, args }: Node): Node[][] {
  if (op === 'list') return [args as Node[]]
  if (op !== 'map') return []
  const entries = args as [Node, Node][]
  return [entries.map(([key]) => key), entries.map(([, value]) => value)]
}

/** The library leaves these keys out of a map without a word. */
function isLost({ args }: Node): boolean {
  return ['__proto__', 'constructor', 'prototype'].includes(String(args))
}

/** Of a literal they are done at once. */
const CONVERSIONS = ['bool', 'double', 'duration', 'int', 'timestamp', 'uint']

function wrongArgument(called: Called | undefined): string | undefined {
  const [first] = called?.args ?? []
  const text = first?.op === 'value' ? first.args : undefined
  if (called === undefined || typeof text !== 'string') return undefined
  const { name, receiver } = called
  if (receiver !== undefined && ['matches', 'find', 'findAll'].includes(name))
    return messageOf(() => checkPattern(text))
  if (receiver !== undefined || !CONVERSIONS.includes(name)) return undefined
  return messageOf(() => (name === 'int' ? integerOf(text) : evaluate(`${name}(text)`, { text })))
}

function messageOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'it is wrong'
  }
}
