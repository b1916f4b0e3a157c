const FACTORS: Record<string, number> = {
  '': 1,
  m: 1e-3,
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

/** The number that a Kubernetes quantity stands for (`500m` → 0.5, `2Ki` → 2048); undefined when it is none. */
export function quantityValue(quantity: string | number): number | undefined {
  const [, number, unit] = /^([\d.]+)([a-zA-Z]*)$/.exec(String(quantity)) ?? []
  const factor = FACTORS[unit ?? '?']
  if (number === undefined || factor === undefined) return undefined
  const value = Number(number) * factor
  return Number.isFinite(value) ? value : undefined
}
