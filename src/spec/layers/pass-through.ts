import type { Path } from '../yaml/node.ts'

/** Fields that are merged over what is rendered: a null in them takes a rendered field away, not what weaker layers say. */
const PASS_THROUGH: readonly Path[] = [
  ['pod'],
  ['kserve', 'predictor'],
  ['kserve', 'transformer'],
  ['kserve', 'explainer'],
]

/** Whether the path of a field leads below one of them. */
export function isWithin(path: Path): boolean {
  return PASS_THROUGH.some(
    field => path.length > field.length && field.every((step, index) => path[index] === step),
  )
}
