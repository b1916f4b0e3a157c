import { at } from '../../object/index.ts'
import { setAt } from '../layers/derive.ts'
import type { LayerSource } from '../layers/layer.ts'
import { listOf } from '../layers/lists.ts'
import type { MergedMap } from '../layers/merged.ts'
import type { ImageEntry } from '../schema/catalogue.ts'
import { entryOf } from './image.ts'
import { argumentValue, targetOf } from './limits.ts'
import type { Catalogue } from './read.ts'
import { catalogueSource } from './source.ts'

/** Where adapters are mounted, each in a folder of its own. */
export const ADAPTERS_PATH = '/mnt/adapters'

type Images = Catalogue<ImageEntry>
export type AdapterSetting = NonNullable<ImageEntry['adapters']>

/** How the image of a complete spec is told its adapters. */
export function adapterSetting(
  images: Images | undefined,
  spec: unknown,
): AdapterSetting | undefined {
  return entryOf(images, targetOf(images, spec))?.adapters
}

/** `NAME=PATH` of each adapter. */
export function adapterWords(spec: unknown): string[] {
  const adapters = at(spec, 'adapters')
  const names = Array.isArray(adapters) ? adapters.map(adapter => String(at(adapter, 'name'))) : []
  return names.map(name => `${name}=${ADAPTERS_PATH}/${name}`)
}

/** Whether env or args speak of adapters themselves: then nothing is added (rules/model/adapters.ts says so). */
export function saysAdapters(spec: unknown, setting: AdapterSetting): boolean {
  if ('env' in setting) return at(spec, 'env', setting.env) !== undefined
  return argumentValue(argumentsOf(spec), setting.arg) !== undefined
}

/** Tells the server of its adapters, in env or behind args. */
export function addAdapters(merged: MergedMap, images: Images | undefined): MergedMap {
  const words = adapterWords(merged.value)
  const setting = adapterSetting(images, merged.value)
  if (images === undefined || setting === undefined || words.length === 0) return merged
  if (saysAdapters(merged.value, setting)) return merged
  const path = ['spec', 'images', targetOf(images, merged.value), 'adapters']
  const source = catalogueSource(images, path)
  if ('env' in setting)
    return setAt(merged, ['env', setting.env], { value: words.join(','), trace: { source } })
  return withArguments(
    merged,
    [...switchesOf(setting, merged.value), setting.arg, ...words],
    source,
  )
}

function switchesOf({ with: switches = [] }: { with?: string[] | undefined }, spec: unknown) {
  const given = argumentsOf(spec)
  return switches.filter(argument => !given.includes(argument))
}

function withArguments(merged: MergedMap, added: string[], source: LayerSource): MergedMap {
  const above = merged.trace.parts?.['args'] ?? { source }
  const given = argumentsOf(merged.value).map((value, index) => ({
    value,
    trace: above.parts?.[index] ?? { source: above.source, at: ['args', index] },
  }))
  const items = added.map(value => ({ value, trace: { source } }))
  return setAt(merged, ['args'], listOf([...given, ...items], above.source))
}

function argumentsOf(spec: unknown): string[] {
  const args = at(spec, 'args')
  return Array.isArray(args) ? args.map(String) : []
}
