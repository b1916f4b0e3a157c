import type { Block, Draft } from '../draft.ts'
import { switchedOff } from './switched-off.ts'

/** The one block of a spec in which slipway's defaults are switched off, with what they would be; undefined where none is. */
export function blockOf(draft: Draft, advice: readonly string[]): Block | undefined {
  const fields = switchedOff(draft)
  return fields.length === 0
    ? undefined
    : { fields, comments: [...HEAD, ...listed(advice), ...TAIL] }
}

const HEAD = ['Switched off: what runs does not have it, and adding it would restart the pods.']
const TAIL = [
  'Take lines out in a change that restarts the pods anyway; "slipway diff" shows what follows.',
]

function listed(advice: readonly string[]): string[] {
  return advice.length === 0 ? [] : ['slipway advises:', ...advice.map(line => `- ${line}`)]
}
