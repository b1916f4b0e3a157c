import { closest } from '../problem/index.ts'
import { plural } from '../words/index.ts'
import { functionFor, functionNames } from './dialect.ts'
import { hasMacro, type Macro, type MacroNode } from './macros.ts'

/** A node of the library's syntax tree. */
export interface Node extends MacroNode {
  start: number
  end: number
  /** The whole expression. */
  input: string
  meta: { macro?: unknown; alternate?: unknown }
  setMeta: (key: string, value: Macro) => unknown
  evaluate: (evaluator: unknown, node: Node, scope: unknown) => unknown
}

export interface SyntaxFault {
  message: string
  offset: number
}

/** Levels; `a + b + c` has two. Evaluation takes stack for each. */
const MAX_DEPTH = 500

/** Every node, parents first; undefined when they are too deep to be evaluated. */
export function nodesOf(root: Node): Node[] | undefined {
  const nodes: Node[] = []
  let level = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return undefined
    nodes.push(...level)
    level = level.flatMap(childrenOf)
  }
  return nodes
}

export function childrenOf({ op, args }: Node): Node[] {
  const list = args as Node[]
  if (op === 'value' || op === 'id') return []
  if (op === '.' || op === '.?') return [list[0] as Node]
  if (op === '!_' || op === '-_') return [args as Node]
  if (op === 'map') return (args as Node[][]).flat()
  const called = calledIn({ op, args } as Node)
  if (called !== undefined) return [...(called.receiver ?? []), ...called.args]
  return list
}

export interface Called {
  name: string
  receiver?: [Node]
  args: Node[]
}

export function calledIn({ op, args }: Node): Called | undefined {
  if (op === 'call') {
    const [name, list] = args as [string, Node[]]
    return { name, args: list }
  }
  if (op !== 'rcall') return undefined
  const [name, receiver, list] = args as [string, Node, Node[]]
  return { name, receiver: [receiver], args: list }
}

/** Leads every call to the function of the dialect; what is not in it is a fault, never another meaning. */
export function resolveCalls(nodes: readonly Node[]): SyntaxFault | undefined {
  for (const node of nodes) {
    const called = calledIn(node)
    if (called === undefined) continue
    const { name, receiver, args } = called
    const target = functionFor(name, args.length, receiver !== undefined)
    if (target === undefined) return { message: unknownFunction(called), offset: offsetOf(node) }
    if (name === 'has' && receiver === undefined) {
      const [field] = args
      if (field?.op !== '.' && field?.op !== '.?')
        return { message: 'has() takes a field, as in has(object.spec)', offset: offsetOf(node) }
      node.setMeta('macro', hasMacro(field))
    } else if (node.meta.macro === undefined && node.meta.alternate === undefined) {
      ;(node.args as unknown[])[0] = target
    }
  }
  return undefined
}

/** The name of a method is behind its receiver. */
function offsetOf(node: Node): number {
  const { name = '', receiver: [receiver] = [] } = calledIn(node) ?? {}
  if (receiver === undefined) return node.start
  return Math.max(node.input.indexOf(name, receiver.end), node.start)
}

function unknownFunction({ name, args }: Called): string {
  const known = functionNames()
  if (known.includes(name))
    return `the function ${name}() does not take ${plural(args.length, 'argument')} here`
  const near = closest(name, known)
  return `slipway does not support the function ${name}()${near === undefined ? '' : `; did you mean ${near}()?`}`
}

/** What only the API server knows, by the variable or its field. */
const UNKNOWN: Record<string, string> = {
  params: 'parameters of a policy are objects in the cluster',
  namespaceObject: 'the labels of a namespace are in the cluster',
  authorizer: 'who may do what is known to the cluster alone',
  'request.userInfo': 'who applies the object is not known yet',
  'request.options': 'the options of the request are not known yet',
  'request.uid': 'there is no request yet',
}

export function findUnknown(
  nodes: readonly Node[],
  variables: readonly string[],
): SyntaxFault | undefined {
  const own = new Set(nodes.flatMap(boundNames))
  for (const node of nodes) {
    const name = nameOf(node)
    if (name === undefined || own.has(name.split('.')[0])) continue
    const why = Object.hasOwn(UNKNOWN, name) ? UNKNOWN[name] : undefined
    if (why !== undefined)
      return { message: `slipway does not support ${name}: ${why}`, offset: node.start }
    const [, variable] = /^variables\.(.*)$/.exec(name) ?? []
    if (variable !== undefined && !variables.includes(variable))
      return { message: `there is no variable "${variable}" before this`, offset: node.start }
  }
  return undefined
}

/** `params`, or `request.userInfo`. */
function nameOf({ op, args }: Node): string | undefined {
  if (op === 'id') return String(args)
  if (!['.', '.?', '[]', '[?]'].includes(op)) return undefined
  const [left, field] = args as [Node, string | Node]
  const name = typeof field === 'string' || field.op !== 'value' ? field : String(field.args)
  return left.op === 'id' && typeof name === 'string' ? `${String(left.args)}.${name}` : undefined
}

const COMPREHENSIONS =
  /^(all|exists|exists_one|existsOne|map|filter|transformList|transformMap|optMap|optFlatMap)$/

/** Variables of a comprehension may have any name. */
function boundNames(node: Node): (string | undefined)[] {
  const called = calledIn(node)
  if (called?.receiver === undefined || !COMPREHENSIONS.test(called.name)) return []
  return called.args.slice(0, -1).map(({ op, args }) => (op === 'id' ? String(args) : undefined))
}
