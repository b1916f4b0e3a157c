const FACTORS: Record<string, number> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}
/** Divided by, not multiplied with their inverse: 300m is then exactly 0.3. */
const DIVISORS: Record<string, number> = { m: 1e3, u: 1e6, n: 1e9 }

/** A Kubernetes quantity as a number; undefined when it is none. `1000m` and `1` are equal, as are `1Gi` and `1024Mi`. */
export function quantityOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return undefined
  const [, digits, suffix = ''] =
    /^([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(value) ?? []
  if (digits === undefined) return undefined
  const divisor = DIVISORS[suffix]
  if (divisor !== undefined) return Number(digits) / divisor
  const factor = FACTORS[suffix]
  return factor === undefined ? undefined : Number(digits) * factor
}

/** What is there several times, added up: `[['nvidia.com/gpu', 1], ['nvidia.com/gpu', 2]]` makes 3. */
export function summed(amounts: Iterable<readonly [name: string, amount: number]>) {
  const sum = new Map<string, number>()
  for (const [name, amount] of amounts) sum.set(name, (sum.get(name) ?? 0) + amount)
  return sum
}
