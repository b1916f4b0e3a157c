import { isMap } from '../object/index.ts'

/** What a runtime's placeholders can name: the InferenceService's metadata. */
export interface PlaceholderValues {
  Name: string
  Namespace: string
  Labels: Record<string, string>
  Annotations: Record<string, string>
}

const PLACEHOLDER = /\{\{-?\s*([^{}]*?)\s*-?\}\}/g

/** Fills `{{.Name}}`, `{{.Labels.framework}}`, `{{index .Annotations "a/b"}}` in every text, as KServe does; a label that is not there is empty. */
export function fillPlaceholders<Value>(value: Value, values: PlaceholderValues): Value
export function fillPlaceholders(value: unknown, values: PlaceholderValues): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(
      PLACEHOLDER,
      (whole, expression: string) => valueOf(expression, values) ?? whole,
    )
  }
  if (Array.isArray(value)) return value.map(entry => fillPlaceholders(entry as unknown, values))
  if (!isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, fillPlaceholders(member, values)]),
  )
}

/** Placeholders that only a Go template can fill, such as pipelines: as they are written. */
export function unknownPlaceholders(value: unknown): string[] {
  if (typeof value === 'string') {
    return [...value.matchAll(PLACEHOLDER)]
      .filter(([, expression = '']) => valueOf(expression, NONE) === undefined)
      .map(([whole]) => whole)
  }
  if (Array.isArray(value)) return value.flatMap(unknownPlaceholders)
  return isMap(value) ? Object.values(value).flatMap(unknownPlaceholders) : []
}

const NONE: PlaceholderValues = { Name: '', Namespace: '', Labels: {}, Annotations: {} }

function valueOf(expression: string, values: PlaceholderValues): string | undefined {
  if (expression === '.Name') return values.Name
  if (expression === '.Namespace') return values.Namespace
  const [, map, key] =
    /^\.(Labels|Annotations)\.(\w+)$/.exec(expression) ??
    /^index \.(Labels|Annotations) "([^"]+)"$/.exec(expression) ??
    []
  if (key === undefined || (map !== 'Labels' && map !== 'Annotations')) return undefined
  return values[map][key] ?? ''
}
