import { evaluate } from '@marcbachmann/cel-js'
import { PREFIX } from './dialect.ts'
import { integerOf } from './functions/conversions.ts'
import { checkPattern } from './functions/regex.ts'
import { calledIn, type Called, type Node, type SyntaxFault } from './syntax.ts'

/** What the API server refuses of literals, before anything is evaluated (cel-go's ASTValidators). */
export function findWrongLiteral(nodes: readonly Node[]): SyntaxFault | undefined {
  // Behind a minus a number may be one larger.
  const exempt = new Set(nodes.filter(({ op }) => op === '-_').map(({ args }) => args as Node))
  for (const node of nodes) {
    const message = exempt.has(node) ? undefined : (faultIn(node) ?? wrongArgument(calledIn(node)))
    if (message !== undefined) return { message, offset: node.start }
  }
  return undefined
}

/** `[1, "a"]`, found once types are known: elements are of one type, and one that is not known is another. */
export function findMixture(nodes: readonly Node[]): SyntaxFault | undefined {
  // The values of format() are of any types.
  const exempt = new Set(nodes.map(calledIn).flatMap(valuesOfFormat))
  const mixed = nodes.find(node => !exempt.has(node) && groupsOf(node).some(isMixed))
  return (
    mixed && {
      message: 'elements of a list or a map must be of one type; dyn() makes them so',
      offset: mixed.start,
    }
  )
}

/** An empty list fits every other. */
function isMixed(nodes: readonly Node[]): boolean {
  const types = nodes.map(({ checkedType }) => checkedType?.name ?? 'dyn')
  return new Set(types.filter(type => !/\b[A-Z]\b/.test(type))).size > 1
}

function valuesOfFormat(called: Called | undefined): Node[] {
  return called?.name.replace(PREFIX, '') === 'format' ? called.args : []
}

function faultIn(node: Node): string | undefined {
  if (node.op === 'value' && typeof node.args === 'bigint' && node.args > MAX_INTEGER)
    return 'the number is too large for an integer'
  const keys = node.op === 'map' ? (node.args as [Node, Node][]).map(([key]) => key) : []
  return keys.some(isLost) ? 'slipway does not support such a key' : undefined
}

const MAX_INTEGER = 2n ** 63n - 1n

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
  if (called?.name === 'format') return wrongCount(called)
  const [first] = called?.args ?? []
  const text = first?.op === 'value' ? first.args : undefined
  if (called === undefined || typeof text !== 'string') return undefined
  const { name, receiver } = called
  if (receiver !== undefined && ['matches', 'find', 'findAll'].includes(name))
    return messageOf(() => checkPattern(text))
  if (receiver !== undefined || !CONVERSIONS.includes(name)) return undefined
  return messageOf(() => (name === 'int' ? integerOf(text) : evaluate(`${name}(text)`, { text })))
}

/** As many values as the text has places for them; beforehand only: what is in a variable may be more. */
function wrongCount({ receiver, args: [values] }: Called): string | undefined {
  const template = receiver?.[0]
  if (template?.op !== 'value' || values?.op !== 'list') return undefined
  const verbs = String(template.args).match(/%(?:\.\d+)?[^]/g) ?? []
  const places = verbs.filter(verb => verb !== '%%').length
  const given = (values.args as Node[]).length
  return places === given ? undefined : `format() takes ${places} values here, not ${given}`
}

function messageOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'it is wrong'
  }
}
