import { Environment, Optional } from '@marcbachmann/cel-js'
import { areEqual } from './functions/equal.ts'
import { formatFunctions, Format } from './functions/formats.ts'
import type { Functions } from './functions/functions.ts'
import { listFunctions } from './functions/lists.ts'
import { Address, Block, networkFunctions } from './functions/network.ts'
import { conversionFunctions } from './functions/conversions.ts'
import { Quantity, quantityFunctions } from './functions/quantity.ts'
import { regexFunctions } from './functions/regex.ts'
import { Semver, semverFunctions } from './functions/semver.ts'
import { stringFunctions } from './functions/strings.ts'
import { Url, urlFunctions } from './functions/url.ts'
import { MACROS } from './macros.ts'

/** The dialect of the API server (k8s.io/apiserver/pkg/cel/environment, 1.37): CEL and its libraries, and no function besides. */

const OWN: Functions = {
  ...stringFunctions,
  ...regexFunctions,
  ...listFunctions,
  ...conversionFunctions,
  ...quantityFunctions,
  ...urlFunctions,
  ...networkFunctions,
  ...formatFunctions,
  ...semverFunctions,
}

/** The library's own, by `name/arguments`; with a dot where they are called on a value. */
const LIBRARY = new Set(
  `dyn/1 type/1 bool/1 bytes/1 double/1 uint/1 size/1 timestamp/1 duration/1 has/1
  .size/0 .startsWith/1 .endsWith/1 .contains/1 .trim/0
  .all/2 .exists/2 .exists_one/2 .map/2 .map/3 .filter/2
  .hasValue/0 .value/0 .or/1 .orValue/1 .none/0 .of/1
  .getDate/0 .getDate/1 .getDayOfMonth/0 .getDayOfMonth/1 .getDayOfWeek/0 .getDayOfWeek/1 .getDayOfYear/0 .getDayOfYear/1
  .getFullYear/0 .getFullYear/1 .getHours/0 .getHours/1 .getMilliseconds/0 .getMilliseconds/1 .getMinutes/0 .getMinutes/1
  .getMonth/0 .getMonth/1 .getSeconds/0 .getSeconds/1`.split(/\s+/),
)

const TYPES = { Quantity, URL: Url, IP: Address, CIDR: Block, Format, Semver }

/** `sets.contains(…)` is a function of a value "sets" to the library. */
const NAMESPACES = {
  sets: 'Sets',
  strings: 'Strings',
  lists: 'Lists',
  ip: 'IPs',
  format: 'Formats',
}

/** Ours take the place of the library's functions of the same name under this prefix. */
export const PREFIX = '__'

/** Where a call leads: to a name of ours, to the library, or nowhere. */
export function functionFor(name: string, count: number, isMethod: boolean): string | undefined {
  const key = `${isMethod ? '.' : ''}${name}/${count}`
  if (OWN_KEYS.has(key)) return `${PREFIX}${name}`
  return LIBRARY.has(key) || MACRO_KEYS.has(key) ? name : undefined
}

export function functionNames(): string[] {
  const keys = [...OWN_KEYS, ...MACRO_KEYS, ...LIBRARY]
  return [...new Set(keys.map(key => key.replace(/^\./, '').replace(/\/\d+$/, '')))]
}

const OWN_KEYS = new Set(Object.keys(OWN).map(keyOf))
const MACRO_KEYS = new Set(Object.keys(MACROS).map(keyOf))

function keyOf(signature: string): string {
  const { receiver, name, parameters } = partsOf(signature)
  return `${receiver === '' ? '' : '.'}${name}/${parameters}`
}

interface Parts {
  receiver: string
  name: string
  parameters: number
}

function partsOf(signature: string): Parts {
  const [, receiver = '', name = '', list = ''] =
    /^(?:([\w.<>]+)\.)?(\w+)\(([^)]*)\)/.exec(signature) ?? []
  // `map<a, b>` would count twice: no parameter is one.
  return { receiver, name, parameters: list === '' ? 0 : list.split(',').length }
}

/** An environment for expressions that know these variables of a policy, by their types. */
export function dialectWith(variables: Readonly<Record<string, string>>): Environment {
  const environment = base().clone()
  for (const name of ['object', 'oldObject', 'request']) environment.registerVariable(name, 'dyn')
  if (Object.keys(variables).length === 0) environment.registerVariable('variables', 'dyn')
  else environment.registerVariable('variables', { schema: variables })
  return environment
}

const SYNC = { async: false }

let cached: Environment | undefined

function base(): Environment {
  cached ??= makeBase()
  return cached
}

function makeBase(): Environment {
  const environment = new Environment({
    enableOptionalTypes: true,
    // What is mixed in a literal is looked at in ./syntax.ts: values that are not known before are no mixture.
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: 10_000, maxDepth: 100 },
  })
  for (const [name, ctor] of Object.entries(TYPES)) environment.registerType(name, { ctor })
  for (const [name, type] of Object.entries(NAMESPACES)) registerNamespace(environment, name, type)
  for (const [signature, handler] of Object.entries(OWN))
    environment.registerFunction(signature.replace(/(\w+)\(/, `${PREFIX}$1(`), handler, SYNC)
  for (const [signature, expand] of Object.entries(MACROS))
    environment.registerFunction(signature, expand)
  registerEquality(environment)
  return environment
}

function registerNamespace(environment: Environment, name: string, type: string): void {
  const Namespace = class {
    readonly name = name
  }
  environment.registerType(type, { ctor: Namespace })
  environment.registerConstant(name, type, new Namespace())
}

function registerEquality(environment: Environment): void {
  for (const type of Object.keys(TYPES))
    environment.registerOperator(
      `${type} == ${type}`,
      (one: object, other: object) => one.valueOf() === other.valueOf(),
    )
  environment.registerOperator('optional == optional', (one: Optional, other: Optional) =>
    one.hasValue() && other.hasValue()
      ? areEqual(one.value(), other.value())
      : one.hasValue() === other.hasValue(),
  )
}
