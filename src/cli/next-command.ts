import type { OutcomeReport } from '../delivery/index.ts'
import { APPLYING, ATTEMPT } from './applying.ts'
import type { AnyCommand } from './command.ts'
import { camelCase, CLUSTER, GLOBAL, NAMESPACE, type OptionTable } from './options.ts'
import { MOVED, ORDER, PLAN } from './planning.ts'

/** Flags of a command line, by camelCase name: what of them the next one needs is repeated. */
export type Given = object

/** A command line that can be copied: each word quoted as a shell wants it. */
export function commandLine(words: readonly string[]): string {
  return commandWords(['slipway', ...words])
}

/** The same for a command of others. */
export function commandWords(words: readonly string[]): string {
  return words.map(quoted).join(' ')
}

/** Where npx has called it, the name alone is on no PATH. */
export function programOf(env: Readonly<Record<string, string | undefined>>): string {
  const script = env['npm_lifecycle_event'] === 'npx' ? (env['npm_lifecycle_script'] ?? '') : ''
  return /^['"]?slipway\b/.test(script) ? 'npx --no slipway' : 'slipway'
}

/** What is advised, for somebody who calls it as this one was called. */
export function asCalled(
  text: string,
  commands: readonly Pick<AnyCommand, 'name'>[],
  program = programOf(process.env),
): string {
  if (program === 'slipway') return text
  const names = new Set(commands.map(({ name }) => name))
  return text.replaceAll(/(?<!--no )\bslipway ([a-z]+)\b/g, (whole, name: string) =>
    names.has(name) ? `${program} ${name}` : whole,
  )
}

function quoted(word: string): string {
  return /^[\w./:@=+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

interface Next {
  command: 'apply' | 'delete' | 'diff' | 'status'
  environment: string
  names?: readonly string[]
}

/** What is left to do, ready to be copied: with the flags of this command that it needs, too. */
function nextLine({ command, environment, names = [] }: Next, flags: readonly string[]): string {
  const line = commandLine([command, '-e', environment, ...names, ...flags])
  return `next: ${asCalled(line, [{ name: command }])}\n`
}

/** Which project, cluster and namespace. */
const WHERE: OptionTable = { directory: GLOBAL.directory, ...CLUSTER, ...NAMESPACE }

/** Whoever pastes a command is asked again, and looks at the plan of that time. */
const { yes: _yes, 'dry-run': _dryRun, 'plan-hash': _planHash, ...COURSE } = APPLYING

/** What an apply does, too. */
const HOW: OptionTable = { ...WHERE, ...ATTEMPT, ...ORDER, ...PLAN, ...MOVED, ...COURSE }

/** The flags of a table that were given, as they are written. */
function repeated(table: OptionTable, given: Given): string[] {
  const values = new Map(Object.entries(given))
  return Object.entries(table).flatMap(([name, { alias, default: usual = false }]) => {
    const value: unknown = values.get(camelCase(name))
    if (value === undefined || value === usual) return []
    const flag = typeof alias === 'string' ? `-${alias}` : `--${name}`
    if (typeof value === 'boolean') return [value ? flag : `--no-${name}`]
    return typeof value === 'string' || typeof value === 'number' ? [flag, `${value}`] : []
  })
}

/** Names in a line that somebody reads. */
const MOST_NAMES = 5

/** None, which means all, where that is much. */
function fewOf(endpoints: readonly string[]): readonly string[] {
  return endpoints.length > MOST_NAMES ? [] : endpoints
}

/** Looks at what an apply left failed, or did not wait for. */
function lookAt(environment: string, endpoints: readonly string[], given: Given): string {
  const names = fewOf(endpoints)
  return nextLine({ command: 'status', environment, names }, repeated(WHERE, given))
}

/** After an apply or a deletion of these endpoints, or of all; nothing where all is ready or gone. */
export function afterOutcome(
  { environment, deletion, outcome }: Pick<OutcomeReport, 'environment' | 'deletion' | 'outcome'>,
  given: Given,
  names: readonly string[] = [],
): string {
  const those = (state: string) =>
    Object.keys(outcome.endpoints).filter(name => outcome.endpoints[name] === state)
  const [failed, unwaited] = [those('failed'), those('applied')]
  if (failed.length > 0) return lookAt(environment, failed, given)
  const command = deletion === undefined ? 'apply' : 'delete'
  const isAll = command === 'delete' && names.length === 0
  const flags = [...(isAll ? ['--all'] : []), ...repeated(HOW, given)]
  if (outcome.result === 'interrupted') return nextLine({ command, environment, names }, flags)
  return unwaited.length === 0 ? '' : lookAt(environment, unwaited, given)
}

/** What a commit that nobody pushed leaves to be done. */
export function applyCommit(environment: string | undefined, given: Given): string {
  if (environment === undefined) return ''
  return nextLine({ command: 'apply', environment }, repeated(WHERE, given))
}

/** Looks at what a file that was written would do. */
export function diffOf(environment: string, endpoints: readonly string[], given: Given): string {
  return nextLine({ command: 'diff', environment, names: fewOf(endpoints) }, repeated(WHERE, given))
}

/** Applies the very plan that was shown. */
export function applyPlanned(
  plan: { environment: string; hash: string; names: readonly string[] },
  given: Given,
): string {
  const { environment, hash, names } = plan
  const flags = [...repeated(HOW, given), '--plan-hash', hash]
  return nextLine({ command: 'apply', environment, names }, flags)
}

interface Advising {
  /** The command that gives the advice, and its flags. */
  command: Pick<AnyCommand, 'name'>
  args: Given
  /** Which of several it is about. */
  environment: string | undefined
  commands: readonly Pick<AnyCommand, 'name' | 'options' | 'positionals'>[]
}

/** `slipway status`, or `slipway canary abort`, that says no environment itself. */
const NAMED = /\bslipway ([a-z]+)(?: ([a-z]+)\b)?(?![^`";]{0,100} -e )/g

/** A remedy whose commands work where this one did: in the same environment, project and cluster. */
export function adviceAfter(
  { command, args, environment, commands }: Advising,
  remedy: string,
): string {
  const where = Object.entries(WHERE_ADVISED).filter(
    ([flag]) => !OTHERWISE[command.name]?.includes(flag),
  )
  const given = { ...args, ...(environment !== undefined && { environment }) }
  return remedy.replaceAll(NAMED, (whole, name: string, next?: string) => {
    const advised = commands.find(each => each.name === name)
    // The others are not about an environment.
    if (advised === undefined || !('namespace' in advised.options)) return whole
    const taken = where.filter(([flag]) => flag in GLOBAL || flag in advised.options)
    const flags = repeated(Object.fromEntries(taken), given)
    const [first] = Object.values(advised.positionals)
    const isAction = next !== undefined && first?.choices?.includes(next) === true
    const words = ['slipway', name, ...(isAction ? [next] : []), ...flags.map(quoted)]
    return [...words, ...(isAction || next === undefined ? [] : [next])].join(' ')
  })
}

const WHERE_ADVISED: OptionTable = { environment: GLOBAL.environment, ...WHERE }

/** Flags that mean something else where they are given: where an object is, another environment's cluster, what is written. */
const OTHERWISE: Record<string, readonly string[]> = {
  import: ['namespace'],
  init: ['namespace', 'context'],
  promote: ['context'],
  sandbox: ['kubeconfig'],
}
