import { allFound, problemWith, type Problem } from '../../problem/index.ts'
import type { Rendering } from '../rendered.ts'
import { nameOf, type Finding, type Rule } from './rule.ts'
import { RULES } from './rules.ts'
import { viewOf } from './view.ts'

/** Proves the wiring over what was really rendered, patches included; never over the spec. */
export function check(renderings: readonly Rendering[], rules: readonly Rule[] = RULES): Problem[] {
  const view = viewOf(renderings)
  const found = rules.flatMap(rule => allFound(rule.find(view)).map(finding => ({ rule, finding })))
  if (found.length === 0) return []
  const isFromSpec = blamesSpec(renderings, rules)
  return found.flatMap(({ rule, finding }) => {
    const fromSpec = isFromSpec(keyOf(rule, finding))
    if (fromSpec && finding.isSaidOfSpec === true) return []
    const patch = fromSpec ? undefined : patchBehind(finding, renderings)
    return problemOf({ rule, finding, patch })
  })
}

/** What the rules find without any patch, the spec is to blame for; a patch for the rest. */
function blamesSpec(renderings: readonly Rendering[], rules: readonly Rule[]) {
  if (renderings.every(({ patches }) => patches.length === 0)) return () => true
  const view = viewOf(renderings.map(item => ({ ...item, object: item.unpatched })))
  const keys = new Set(
    rules.flatMap(rule => allFound(rule.find(view)).map(finding => keyOf(rule, finding))),
  )
  return (key: string) => keys.has(key)
}

function keyOf(rule: Rule, { rendering, field, subject = '' }: Finding): string {
  return `${rule.id} ${nameOf(rendering)} ${rendering.endpoint.name} ${field} ${subject}`
}

/** The last patch of the object itself, else of another object of its endpoint. */
function patchBehind({ rendering }: Finding, all: readonly Rendering[]): number | undefined {
  const own = rendering.patches.at(-1)
  if (own !== undefined) return own
  const others = all.filter(({ endpoint }) => endpoint === rendering.endpoint)
  return others
    .flatMap(({ patches }) => patches)
    .toSorted((a, b) => a - b)
    .at(-1)
}

interface Blamed {
  rule: Rule
  finding: Finding
  patch: number | undefined
}

function problemOf({ rule, finding, patch }: Blamed): Problem {
  const { rendering, field, message, cause, remedy, severity = 'error', code = 'wiring' } = finding
  const { endpoint } = rendering
  return problemWith({
    code,
    severity,
    rule: rule.id,
    message,
    endpoint: endpoint.name,
    object: nameOf(rendering),
    place: endpoint.placeOf(patch === undefined ? field : `spec.patches[${patch}]`),
    cause,
    remedy,
  })
}
