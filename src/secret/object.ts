import { kindNamed } from '../kinds/index.ts'
import type { KubeObject } from '../object/index.ts'
import { HIDDEN, maskForms, maskText } from './forms.ts'
import type { Replacement } from './assigned.ts'
import { canBeSecret, isSecretName } from './names.ts'

/**
 * Fields of API objects under which people keep what nobody else is to know, more narrowly than isSecretName: `secretName`,
 * `topologyKey` and `tokenExpirationSeconds` only point at it, or have nothing to do with it.
 */
const TELLING_FIELD =
  /^(?!secrets?$)(?:|.*[-_./])(token|secret|passw(or)?d|passphrase|credentials?|api[-_]?key|private[-_]?key|access[-_]?key(_id)?)s?$/i

/**
 * A JSON value as it may be shown: what is a secret by its form, by the name of its field, of its variable (`{name, value}`) or of its
 * option (`--api-key=…`, `['--api-key', …]`) is replaced, and nothing else. Values of Secrets are the caller's.
 */
export function maskValue(value: unknown, replace: Replacement): unknown {
  if (typeof value === 'string') return maskString(value, replace)
  if (Array.isArray(value)) return maskList(value, replace)
  if (typeof value !== 'object' || value === null) return value
  const { name } = value as { name?: unknown }
  const isNamed = (key: string) =>
    TELLING_FIELD.test(key) || (key === 'value' && typeof name === 'string' && isSecretName(name))
  return withChanged(value as Record<string, unknown>, (key, inner) =>
    typeof inner === 'string' && isNamed(key)
      ? secretOr(inner, replace)
      : maskField(key, inner, replace),
  )
}

/** The map itself where nothing in it changes, as in nearly all. */
function withChanged(
  map: Record<string, unknown>,
  change: (key: string, inner: unknown) => unknown,
): Record<string, unknown> {
  let result = map
  for (const key of Object.keys(map)) {
    const changed = change(key, map[key])
    if (changed === map[key]) continue
    if (result === map) result = { ...map }
    result[key] = changed
  }
  return result
}

/** In a spec the variables are a map. */
function maskField(key: string, inner: unknown, replace: Replacement): unknown {
  const isEnv = key === 'env' && typeof inner === 'object' && inner !== null
  return isEnv && !Array.isArray(inner)
    ? maskNamed(inner as Record<string, unknown>, replace)
    : maskValue(inner, replace)
}

/** The same of values under names that people chose: variables, and the data of a ConfigMap. */
export function maskNamed(values: Record<string, unknown>, replace: Replacement) {
  return withChanged(values, (name, value) =>
    typeof value === 'string' && isSecretName(name)
      ? secretOr(value, replace)
      : maskValue(value, replace),
  )
}

function secretOr(value: string, replace: Replacement): string {
  return canBeSecret(value) ? replace(value) : value
}

const OPTION = /^(--?[A-Za-z][\w.-]*)(?:=([^]*))?$/

/** The list itself where nothing in it changes. */
function maskList(list: readonly unknown[], replace: Replacement): readonly unknown[] {
  const masked = list.map((item, index) => maskItem(item, list[index - 1], replace))
  return masked.every((item, index) => item === list[index]) ? list : masked
}

/** `['--api-key', …]`, `['-u', 'ada:…']`: what stands behind an option is as in a shell's line. */
function maskItem(item: unknown, previous: unknown, replace: Replacement): unknown {
  if (typeof item !== 'string' || item.startsWith('-') || !isOption(previous))
    return maskValue(item, replace)
  return isSecretName(previous) ? secretOr(item, replace) : maskBehind(previous, item, replace)
}

function isOption(text: unknown): text is string {
  if (typeof text !== 'string' || !text.startsWith('-')) return false
  const [, option, value] = OPTION.exec(text) ?? []
  return option !== undefined && value === undefined
}

function maskBehind(option: string, item: string, replace: Replacement): string {
  const line = maskForms(`${option} ${item}`, replace)
  return line.startsWith(`${option} `) ? line.slice(option.length + 1) : maskForms(item, replace)
}

/** `--api-key=…`; what is in a shell's line is found by its form. */
function maskString(text: string, replace: Replacement): string {
  const [, option = '', value] = (text.startsWith('-') && OPTION.exec(text)) || []
  if (value !== undefined && isSecretName(option)) return `${option}=${secretOr(value, replace)}`
  return maskForms(text, replace)
}

/** It repeats the object as it was, Secrets included. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** An object as it may be kept for a diagnosis: no Secret's data, no secrets elsewhere, no managedFields. */
export function maskObject(object: KubeObject): KubeObject {
  const { managedFields: _fields, annotations, ...metadata } = object.metadata
  const { [LAST_APPLIED]: _applied, ...kept } = annotations ?? {}
  const shown = { ...metadata, ...(annotations !== undefined && { annotations: kept }) }
  return hideText(maskContents({ ...object, metadata: shown }, () => HIDDEN)) as KubeObject
}

/** An object whose secrets are replaced, whatever its kind: all data of a Secret, telling names in a ConfigMap. */
export function maskContents<Given extends { kind: string }>(
  object: Given,
  replace: Replacement,
): Given {
  const masked = maskValue(object, replace) as Given & Record<string, unknown>
  const given = object as Given & Record<string, unknown>
  const hides = kindNamed(object.kind)?.hides
  if (hides === 'all')
    return withFields(masked, given, all => mapValues(all, value => replace(String(value))))
  if (hides === 'telling') return withFields(masked, given, all => maskNamed(all, replace))
  return masked
}

function withFields<Given extends Record<string, unknown>>(
  masked: Given,
  given: Given,
  mask: (values: Record<string, unknown>) => Record<string, unknown>,
): Given {
  const fields = ['data', 'stringData'].filter(
    field => typeof given[field] === 'object' && given[field] !== null,
  )
  return {
    ...masked,
    ...Object.fromEntries(
      fields.map(field => [field, mask(given[field] as Record<string, unknown>)]),
    ),
  }
}

function mapValues(values: Record<string, unknown>, map: (value: unknown) => unknown) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]))
}

/** Free text in it (messages of conditions, annotations) is masked as text is. */
function hideText(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value)
  if (Array.isArray(value)) return value.map(hideText)
  if (typeof value !== 'object' || value === null) return value
  return mapValues(value as Record<string, unknown>, hideText)
}
