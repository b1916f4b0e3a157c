import { kindOf } from '../../kinds/index.ts'
import { at, entries, members, type KubeObject } from '../../object/index.ts'
import type { FieldChange } from '../../plan/index.ts'

/** To whom a route gives which share of the requests, now and before. */

/** In the first rule, whose matches look at the path only: backends come, go, and get another weight. */
const BACKEND = /^spec\.rules\[0\]\.backendRefs\[name=([^\]]+)\](\.weight)?$/

/** In a rule below it: what leads to a backend whatever the shares. */
const MATCH = /^spec\.rules\[[1-9]\d*\](?:\.matches|$)/

const WHOLE_RULE = /^spec\.rules\[[1-9]\d*\]$/

export function isOfShares({ path }: FieldChange): boolean {
  return path === 'spec.rules' || BACKEND.test(path)
}

export function isOfMatch({ path }: FieldChange): boolean {
  return path === 'spec.rules' || MATCH.test(path)
}

export function sharesIn(route: KubeObject | undefined) {
  return route === undefined ? [] : (kindOf(route).route?.shares?.(route) ?? [])
}

export function sharesBefore(route: KubeObject, changes: readonly FieldChange[]) {
  return sharesIn({ ...route, spec: { rules: rulesBefore(route, changes) } })
}

/** Which headers led to a Service before, where the changes tell it. */
export function headersBefore(
  route: KubeObject,
  changes: readonly FieldChange[],
  service: string,
): string[] {
  const whole = changes.find(({ path }) => path === 'spec.rules')
  const gone = changes.filter(({ path }) => WHOLE_RULE.test(path)).map(({ before }) => before)
  const rules = whole === undefined ? [{}, ...gone] : whole.before
  return kindOf(route).route?.headers?.({ ...route, spec: { rules } }, service) ?? []
}

/** The rules as they were, from how they are and what has changed. */
function rulesBefore(route: KubeObject, changes: readonly FieldChange[]): unknown {
  const whole = changes.find(({ path }) => path === 'spec.rules')
  if (whole !== undefined) return whole.before
  const [first, ...others] = entries(at(route, 'spec', 'rules'))
  const backends = new Map<string, unknown>(
    entries(first?.['backendRefs']).map(backend => [String(backend['name']), backend]),
  )
  for (const { path, before } of changes) {
    const [, name, isWeight] = BACKEND.exec(path) ?? []
    if (name === undefined) continue
    if (isWeight !== undefined)
      backends.set(name, { ...members(backends.get(name)), weight: before })
    else if (before === undefined) backends.delete(name)
    else backends.set(name, before)
  }
  return [{ ...first, backendRefs: [...backends.values()] }, ...others]
}
