import type { Options } from 'yargs'

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
export function flagWords(name: string, option: Options): string[] {
  const { alias, type, requiresArg = false, choices, default: value } = option
  const flags = [...(typeof alias === 'string' ? [`-${alias}`] : []), `--${name}`]
  if (type === 'boolean') return value === true ? [...flags.slice(0, -1), `--[no-]${name}`] : flags
  const word = PLACEHOLDERS[name] ?? name.slice(name.lastIndexOf('-') + 1).toUpperCase()
  const long = requiresArg || choices !== undefined ? ` ${word}` : `[=${word}]`
  return [...flags.slice(0, -1), `--${name}${long}`]
}
