import type { Options } from 'yargs'
import type { OptionTable } from '../options.ts'

/** What stands for the value of these flags in help and in the reference, where a flag's last word does not say it. */
const PLACEHOLDERS: Record<string, readonly string[]> = {
  NAME: ['environment', 'context', 'namespace', 'branch', 'container', 'endpoint', 'model'],
  DIR: ['directory'],
  FORMAT: ['output'],
  FILE: ['kubeconfig'],
  REVISION: ['against', 'to'],
  NUMBER: ['percent'],
  DURATION: ['min-soak', 'timeout', 'delete-timeout', 'lock-timeout'],
  ADDRESS: ['oci'],
  COUNT: ['max-prune', 'gpus'],
  QUANTITY: ['cpu', 'memory'],
  TARGET: ['serves'],
  PLACE: ['server'],
  VERSION: ['kubernetes', 'kserve'],
  LIST: ['with'],
}

/** `-e, --environment NAME`; `[=VALUE]` where the value may be left out; `--[no-]wait` for what is on without it. */
export function flagWords(name: string, option: Options, table: OptionTable = {}): string[] {
  const { alias, type, requiresArg = false, choices, default: value } = option
  const flags = [...(typeof alias === 'string' ? [`-${alias}`] : []), `--${name}`]
  if (type === 'boolean') return value === true ? [...flags.slice(0, -1), `--[no-]${name}`] : flags
  const word = wordFor(name, table)
  const long = requiresArg || choices !== undefined ? ` ${word}` : `[=${word}]`
  return [...flags.slice(0, -1), `--${name}${long}`]
}

function wordFor(name: string, table: OptionTable): string {
  if (namesEnvironment(name, table)) return 'ENVIRONMENT'
  const [word] = Object.entries(PLACEHOLDERS).find(([, flags]) => flags.includes(name)) ?? []
  return word ?? name.slice(name.lastIndexOf('-') + 1).toUpperCase()
}

/** Of a command that goes from one environment to another; `--to` alone is a revision. */
export function namesEnvironment(name: string, table: OptionTable): boolean {
  return (name === 'from' || name === 'to') && 'from' in table
}
