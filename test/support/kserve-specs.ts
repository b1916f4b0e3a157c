import { stringify } from 'yaml'
import { isMap, type JsonMap } from '../../src/object/index.ts'
import { chooser, pick } from './random-edits.ts'
import { BASES, CHANGES, type Change } from './kserve-changes.ts'

/** Specs of InferenceServices, right ones and wrong ones: each base with each change that is for it, and pairs of changes from a seed. */

export interface KserveSpec {
  name: string
  /** What was done, for messages. */
  title: string
  spec: JsonMap
}

/** The same for the same seed: each base, each change to two of the bases that it is for, and `pairs` with two changes. */
export function kserveSpecs(seed: number, pairs: number): KserveSpec[] {
  const choose = chooser(seed)
  const bases = Object.entries(BASES).map(([title, spec]) => ({ title, spec }))
  const single = Object.entries(CHANGES).flatMap(([title, change], index) => {
    const fitting = Object.keys(BASES).filter(base => fits(change, base))
    return [0, 1].map(step => changed(fitting[(index + step) % fitting.length] ?? '', [title]))
  })
  const double = Array.from({ length: pairs }, () => {
    const base = pick(Object.keys(BASES), choose)
    const fitting = Object.entries(CHANGES).filter(([, change]) => fits(change, base))
    return changed(base, [pick(fitting, choose)[0], pick(fitting, choose)[0]])
  })
  return [...bases, ...single, ...double].map((each, index) => ({ ...each, name: `s${index}` }))
}

function fits({ only }: Change, base: string): boolean {
  return only === undefined || only.includes(base)
}

function changed(base: string, changes: readonly string[]): Omit<KserveSpec, 'name'> {
  return {
    title: [base, ...changes].join(', '),
    spec: changes.reduce<JsonMap>(
      (spec, change) => merged(spec, CHANGES[change]?.spec ?? {}),
      BASES[base] ?? {},
    ),
  }
}

/** Maps are merged, patches added up; a null stays, since it takes away what is rendered. */
function merged(base: JsonMap, change: JsonMap): JsonMap {
  const both = Object.entries(change).map(([name, value]) => [name, joined(base[name], value)])
  return { ...base, ...Object.fromEntries(both) }
}

function joined(base: unknown, change: unknown): unknown {
  if (isMap(base) && isMap(change)) return merged(base, change)
  return Array.isArray(base) && Array.isArray(change) ? [...base, ...change] : change
}

/** As files of a project. */
export function filesOf(specs: readonly KserveSpec[]): Record<string, string> {
  return Object.fromEntries(
    specs.map(({ name, spec }) => [
      `endpoints/${name}.yaml`,
      stringify({
        apiVersion: 'slipway.dev/v1alpha1',
        kind: 'Endpoint',
        metadata: { name },
        spec: { runtime: 'kserve', ...spec },
      }),
    ]),
  )
}
