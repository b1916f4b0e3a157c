const SUFFIXES: Readonly<Record<string, number>> = {
  m: 1e-3,
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

/** The number that a Kubernetes quantity stands for; exact enough to compare two of them. */
export function quantityValue(quantity: string): number {
  const [, number = '0', suffix = ''] = /^([\d.]+)([A-Za-z]*)$/.exec(quantity) ?? []
  return Number(number) * (SUFFIXES[suffix] ?? 1)
}
