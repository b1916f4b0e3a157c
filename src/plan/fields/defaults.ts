import { kindNamed } from '../../kinds/index.ts'
import { equalValues } from '../../object/index.ts'

/** Maps whose keys are anybody's words. */
const FREE = new Set([
  'labels',
  'annotations',
  'matchLabels',
  'selector',
  'nodeSelector',
  'limits',
  'requests',
])

export interface FieldPlace {
  kind: string
  /** Field that the map is in; undefined at the top. */
  parent: string | undefined
  name: string
}

/** Whether the API server would put the value back where nobody says it any more. */
export function isDefault({ kind, parent = '', name }: FieldPlace, value: unknown): boolean {
  const defaults = kindNamed(kind)?.defaults ?? {}
  if (FREE.has(parent) || !Object.hasOwn(defaults, name)) return false
  return defaults[name]?.some(each => equalValues(each, value)) === true
}
