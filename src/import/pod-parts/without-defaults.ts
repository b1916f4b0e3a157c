import { isFreelyNamed } from '../../kinds/index.ts'
import { isMap } from '../../object/index.ts'
import { isSame } from '../differences.ts'

/** A container, a volume or a port as somebody would write it: without what the API server fills in by itself. */
export function withoutDefaults(value: unknown, parent?: string): unknown {
  if (Array.isArray(value)) return value.map(item => withoutDefaults(item, parent))
  if (!isMap(value)) return value
  const members = Object.entries(value).filter(
    ([name, member]) => member !== null && !isSame(undefined, member, name, { parent }),
  )
  return Object.fromEntries(
    members.map(([name, member]) => [
      name,
      isFreelyNamed(name) ? member : withoutDefaults(member, name),
    ]),
  )
}
