/** Both names of an endpoint's pods, which take turns (docs/decisions/0113-two-sets-of-pods-take-turns.md), whichever serve. */
export function slotNames(name: string): [own: string, other: string] {
  return [name, `${name}-b`]
}

/** Of the Service by which requests reach a candidate. */
export function canaryServiceName(name: string): string {
  return `${name}-canary-svc`
}
