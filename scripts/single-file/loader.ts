/**
 * What the single file runs first. The program is chunks, as in the npm package: each is an asset, compiled when
 * something of it is asked for, and those that are loaded while a snapshot is made are in the snapshot.
 */
import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { startupSnapshot } from 'node:v8'
import { Script } from 'node:vm'
import { CHUNKS } from './assets.ts'
import { leaveNoTraces } from './traces.ts'

interface Module {
  exports: unknown
}
type Require = (name: string) => unknown
type Chunk = (require: Require, module: Module, exports: unknown) => void

/** Only where something of it is used, since no snapshot can hold them: the rest is there in one. */
const NOT_IN_A_SNAPSHOT = new Set(['http', 'https', 'http2', 'sea', 'tls'])
const MISSING = { code: 'MODULE_NOT_FOUND' }
const loaded = new Map<string, Module>()

if (startupSnapshot.isBuildingSnapshot()) leaveNoTraces()
load('./entry.js')

function load(name: string): unknown {
  if (!name.startsWith('./')) return builtin(name.replace(/^node:/, ''))
  const known = loaded.get(name)
  if (known !== undefined) return known.exports
  const module: Module = { exports: {} }
  loaded.set(name, module)
  const code = `(function (require, module, exports) {${textOf(name)}\n})`
  const run: Chunk = new Script(code, { filename: `slipway${name.slice(1)}` }).runInThisContext()
  run(load, module, module.exports)
  module.exports = settled(module.exports as object)
  return module.exports
}

/**
 * esbuild gives what a chunk exports by accessors, two for each, since a variable may change until its chunk has run; what uses it asks
 * them each time. Functions and objects are final then. What is not there yet, or is no object, stays as it is.
 */
function settled(exports: object): object {
  const properties = Object.entries(Object.getOwnPropertyDescriptors(exports))
  const final = properties.map(([name, property]) => {
    const value: unknown = property.get?.()
    const isFinal = typeof value === 'function' || (typeof value === 'object' && value !== null)
    return [name, isFinal ? { value, enumerable: true } : property] as const
  })
  const copy: object = Object.defineProperties({}, Object.fromEntries(final))
  if (startupSnapshot.isBuildingSnapshot())
    startupSnapshot.addSerializeCallback(() => refuseChanged(exports, copy))
  return copy
}

/** What changed after all fails the build. */
function refuseChanged(exports: object, copy: object): void {
  for (const name of Object.keys(exports))
    if (Reflect.get(exports, name) !== Reflect.get(copy, name))
      throw new Error(`"${name}" of a chunk changed after it had run`)
}

function textOf(name: string): string {
  const asset = join(CHUNKS, name)
  if (!startupSnapshot.isBuildingSnapshot())
    return process.getBuiltinModule('node:sea').getAsset(asset, 'utf8')
  return readFileSync(join(process.env['SLIPWAY_BUILD'] ?? '', asset), 'utf8')
}

function builtin(name: string): unknown {
  const id = `node:${name}`
  // Packages look for optional others, and go without what is said not to be there.
  if (!isBuiltin(id)) throw Object.assign(new Error(`there is no ${name}`), MISSING)
  if (!NOT_IN_A_SNAPSHOT.has(name)) return process.getBuiltinModule(id)
  return new Proxy(
    {},
    { get: (_, key) => Reflect.get(process.getBuiltinModule(id) as unknown as object, key) },
  )
}
