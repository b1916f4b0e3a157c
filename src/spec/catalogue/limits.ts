import { at } from '../../object/index.ts'
import { setAt } from '../layers/derive.ts'
import type { LayerSource } from '../layers/layer.ts'
import { listOf } from '../layers/lists.ts'
import type { MergedMap } from '../layers/merged.ts'
import type { ImageEntry } from '../schema/catalogue.ts'
import { chooseImage, entryOf } from './image.ts'
import type { Catalogue } from './read.ts'
import { catalogueSource } from './source.ts'

export const LIMITS = ['concurrentRequests', 'inputTokens', 'outputTokens'] as const
export type LimitName = (typeof LIMITS)[number]

/** One request limit as the image is told it. */
export interface LimitSetting {
  limit: LimitName
  value: string
  /** How images.yaml says it; undefined when it does not. */
  setting: { env: string } | { arg: string } | undefined
}

type Images = Catalogue<ImageEntry>

/** The entry of images.yaml that says how the image is told things: the one that the image is from. */
export function targetOf(images: Images | undefined, spec: unknown): string {
  const serves = String(at(spec, 'serves'))
  const gpus = Number(at(at(spec, 'resources'), 'gpus'))
  return chooseImage(images, { serves, gpus })?.target ?? serves
}

/** The limits of a complete spec. */
export function limitSettings(images: Images | undefined, spec: unknown): LimitSetting[] {
  const limits = at(spec, 'limits')
  if (limits === undefined) return []
  const settings = entryOf(images, targetOf(images, spec))?.limits ?? {}
  return LIMITS.flatMap(limit => {
    const value = at(limits, limit)
    return value === undefined
      ? []
      : [{ limit, value: String(Number(value)), setting: settings[limit] }]
  })
}

/** Adds the limits to env and args; what these say themselves stays (rules/limits.ts compares the two). */
export function addLimits(merged: MergedMap, images: Images | undefined): MergedMap {
  if (images === undefined) return merged
  let result = merged
  for (const { limit, value, setting } of limitSettings(images, merged.value)) {
    if (setting === undefined) continue
    const path = ['spec', 'images', targetOf(images, merged.value), 'limits', limit]
    const source = catalogueSource(images, path)
    result =
      'env' in setting
        ? withVariable(result, { name: setting.env, value, source })
        : withArgument(result, { name: setting.arg, value, source })
  }
  return result
}

interface Addition {
  name: string
  value: string
  source: LayerSource
}

function withVariable(merged: MergedMap, { name, value, source }: Addition): MergedMap {
  if (at(merged.value['env'], name) !== undefined) return merged
  return setAt(merged, ['env', name], { value, trace: { source } })
}

function withArgument(merged: MergedMap, { name, value, source }: Addition): MergedMap {
  const { args } = merged.value
  const given = Array.isArray(args) ? args.map(String) : []
  if (argumentValue(given, name) !== undefined) return merged
  const above = merged.trace.parts?.['args'] ?? { source }
  const items = given.map((arg, index) => ({
    value: arg,
    trace: above.parts?.[index] ?? { source: above.source, at: ['args', index] },
  }))
  const added = { value: `${name}=${value}`, trace: { source } }
  return setAt(merged, ['args'], listOf([...items, added], above.source))
}

/** What `--flag=VALUE` or `--flag VALUE` says; empty for a flag without value. */
export function argumentValue(args: readonly string[], flag: string): string | undefined {
  const index = args.findIndex(arg => arg === flag || arg.startsWith(`${flag}=`))
  const found = args[index]
  if (found === undefined) return undefined
  return found === flag ? (args[index + 1] ?? '') : found.slice(flag.length + 1)
}
