import { failure } from '../problem/index.ts'
import type { InferredOptionTypes, Options } from 'yargs'

/** Flags as data: parsing, help, completion and docs/cli.md come from them. */
export type OptionTable = Record<string, Options>

/** Off unless it is given. */
export const switchFlag = (describe: string) =>
  ({ type: 'boolean', default: false, describe }) as const

/** With a value. */
export const textFlag = (describe: string) =>
  ({ type: 'string', requiresArg: true, describe }) as const
export const numberFlag = (describe: string) =>
  ({ type: 'number', requiresArg: true, describe }) as const

/** Understood by every command. */
export const GLOBAL = {
  environment: {
    alias: 'e',
    ...textFlag('Use this environment of slipway.yaml; needed when there is more than one'),
  },
  directory: { alias: 'C', ...textFlag('Work as if started in this folder'), default: '.' },
  'log-format': {
    choices: ['text', 'json'],
    default: 'text',
    describe: 'Write progress and messages (stderr) as text, or as JSON, one object a line',
  },
  color: {
    type: 'boolean',
    default: true,
    describe: 'Use colours on a terminal; NO_COLOR switches them off, too',
  },
  debug: switchFlag('Print the stack traces of errors'),
} as const satisfies OptionTable

/** Of commands that talk to a cluster. */
export const CLUSTER = {
  context: textFlag("Use this kubeconfig context instead of the environment's"),
  kubeconfig: textFlag('Read this kubeconfig; by default that of KUBECONFIG, or ~/.kube/config'),
} as const satisfies OptionTable

/** Of commands that render. */
export const NAMESPACE = {
  namespace: { alias: 'n', ...textFlag("Use this namespace instead of the environment's") },
} as const satisfies OptionTable

/** The `-o` of a command whose result has views: their names, the first being the default. */
export function viewOption<const Views extends object>(views: Views) {
  return outputOption(Object.keys(views) as (keyof Views & string)[])
}

/** Of commands that render, ask a cluster, and show a result. */
export function atCluster<const Views extends object>(views: Views) {
  return { ...CLUSTER, ...NAMESPACE, ...viewOption(views) }
}

/** The `-o` of a command, the first format being the default. */
export function outputOption<const Format extends string>(formats: readonly Format[]) {
  const describe = 'Print the result in this format'
  return { output: { alias: 'o', choices: formats, default: formats[0] as Format, describe } }
}

/** Of commands that change something. */
export const YES = {
  yes: { alias: 'y', ...switchFlag('Do not ask') },
} as const satisfies OptionTable

/** What an option does, its choices, and the one taken without it. */
export function describeOption({ describe = '', choices, default: value }: Options): string {
  if (choices === undefined) return describe
  const list = choices.map(choice => (choice === value ? `${choice} (default)` : choice))
  return `${describe}: ${list.join(', ')}`
}

/** Refuses the first of the flags that is given: `--smoke cannot be used with --no-wait`. */
export function refuseGiven(
  flags: Record<string, string | boolean | undefined>,
  why: string,
  remedy: string,
): void {
  const [flag] = Object.entries(flags).find(([, value]) => (value ?? false) !== false) ?? []
  if (flag !== undefined) throw failure('usage', `${flag} ${why}`, { remedy })
}

/** The name of a flag among the parsed values. */
export function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase())
}

/** Parsed values of the global flags and of a command's own, by camelCase name. */
export type ArgsOf<Table extends OptionTable> = CamelCase<
  InferredOptionTypes<Table & typeof GLOBAL>
>
export type GlobalArgs = ArgsOf<typeof GLOBAL>

type CamelCase<Values> = { [Key in keyof Values as CamelKey<Key>]: Values[Key] }
type CamelKey<Key> = Key extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelKey<Tail>>}`
  : Key extends string
    ? Key
    : never
