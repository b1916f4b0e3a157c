import { closest } from '../../problem/index.ts'
import type { Fault } from './faults.ts'
import { FOREIGN_NAMES } from './foreign-names.ts'

/** What another format's name for a field is among those that are known here. */
function calledHere(name: string, known: readonly string[]): string | undefined {
  const foreign = Object.hasOwn(FOREIGN_NAMES, name) ? FOREIGN_NAMES[name] : undefined
  const last = foreign?.split('.').at(-1) ?? ''
  return known.includes(last) ? last : foreign
}

/** Of other formats' names those here are known; of misspelt ones the nearest is likely. */
export function meantHere(name: string, known: readonly string[]): string | undefined {
  return calledHere(name, known) ?? closest(name, known)
}

/** One sentence for one mistake: what is missing only because it has a name that is not known is not told as well. */
export function withoutRenamed(faults: readonly Fault[]): Fault[] {
  const unknown = faults.filter(({ type }) => type === 'unknown')
  const missing = faults.filter(({ type }) => type === 'missing')
  return faults.filter(fault => {
    if (fault.type !== 'missing') return true
    const beside = unknown.filter(other => isBeside(other, fault))
    const isOnly =
      beside.length === 1 && missing.filter(other => isBeside(other, fault)).length === 1
    return !beside.some(other => standsFor(other, String(fault.path.at(-1)), isOnly))
  })
}

function standsFor(fault: Fault, name: string, isOnly: boolean): boolean {
  if (fault.type !== 'unknown') return false
  const given = String(fault.path.at(-1))
  const meant = meantHere(given, fault.known)
  return meant === undefined ? isOnly : meant === name
}

function isBeside(one: Fault, other: Fault): boolean {
  return JSON.stringify(one.path.slice(0, -1)) === JSON.stringify(other.path.slice(0, -1))
}
