import type { Options } from 'yargs'
import type { OptionTable } from '../options.ts'

/** What stands for the value of a flag in help and in the reference, where the flag's last word does not say it. */
const PLACEHOLDERS: Record<string, string> = {
  environment: 'NAME',
  directory: 'DIR',
  'log-format': 'FORMAT',
  output: 'FORMAT',
  context: 'NAME',
  namespace: 'NAME',
  kubeconfig: 'FILE',
  branch: 'NAME',
  container: 'NAME',
  endpoint: 'NAME',
  model: 'NAME',
  against: 'REVISION',
  to: 'REVISION',
  percent: 'NUMBER',
  'min-soak': 'DURATION',
  oci: 'ADDRESS',
  timeout: 'DURATION',
  'delete-timeout': 'DURATION',
  'lock-timeout': 'DURATION',
  'max-prune': 'COUNT',
  gpus: 'COUNT',
  cpu: 'QUANTITY',
  memory: 'QUANTITY',
  serves: 'TARGET',
  server: 'PLACE',
  kubernetes: 'VERSION',
  kserve: 'VERSION',
  with: 'LIST',
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
  return PLACEHOLDERS[name] ?? name.slice(name.lastIndexOf('-') + 1).toUpperCase()
}

/** Of a command that goes from one environment to another; `--to` alone is a revision. */
export function namesEnvironment(name: string, table: OptionTable): boolean {
  return (name === 'from' || name === 'to') && 'from' in table
}
