/**
 * What evaluation may cost: a unit is a step of an expression, an element of a list or ten characters. Counted, not timed: the
 * same policies on the same objects end the same way on any machine. The API server stops one expression at 1,000,000 units of
 * about this size, too.
 */
export interface Budget {
  /** Units that are left for all expressions. */
  left: number
}

const EXPRESSION_LIMIT = 1_000_000
/** For the whole set; more with every object, so that large sets need no setting. */
const SET_LIMIT = 10_000_000
const PER_OBJECT = 2_000

export function budgetFor(objects: number): Budget {
  return { left: SET_LIMIT + objects * PER_OBJECT }
}

interface Account {
  left: number
  total: Budget
  isSpent: boolean
}

/** Evaluation is synchronous: whatever is charged belongs to the expression that is running. */
let account: Account | undefined

/** Runs one expression. Whatever it answers, `isSpent` says that it was stopped: `||` hides errors. */
export function within<Value>(
  total: Budget,
  run: () => Value,
): { isSpent: boolean; value?: Value; error?: unknown } {
  const outer = account
  const own = { left: Math.min(EXPRESSION_LIMIT, total.left), total, isSpent: false }
  account = own
  try {
    return { value: run(), isSpent: own.isSpent }
  } catch (error) {
    return { error, isSpent: own.isSpent }
  } finally {
    account = outer
  }
}

/** Before the work is done, or memory taken. */
export function charge(units: number): void {
  if (account === undefined) return
  account.left -= units
  account.total.left -= units
  if (account.left >= 0) return
  account.isSpent = true
  throw new RangeError('it takes too many steps')
}

export function chargeText(...texts: readonly (string | number)[]): void {
  const length = texts.reduce<number>((sum, text) => sum + lengthOf(text), 0)
  charge(1 + Math.ceil(length / 10))
}

function lengthOf(text: string | number): number {
  return typeof text === 'string' ? text.length : text
}

/** Of a value that an operator or a function is about to walk through. */
export function chargeValue(root: unknown): void {
  const rest = [root]
  while (rest.length > 0) {
    const value = rest.pop()
    if (typeof value === 'string') chargeText(value)
    else charge(1)
    if (Array.isArray(value)) {
      charge(value.length)
      for (const item of value) rest.push(item)
    } else if (value instanceof Map) {
      charge(value.size)
      for (const inner of value.values()) rest.push(inner)
    }
  }
}
