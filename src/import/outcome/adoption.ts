import { SlipwayError, type Problem } from '../../problem/index.ts'
import type { Remark } from '../compare.ts'
import type { Imported } from '../import-endpoint.ts'
import { isSlipwaysOwn } from '../metadata.ts'

/** How a live object would come into git. */
export type AdoptionState = 'as it is' | 'with changes' | 'not at all'

/** A row of the table of `import --all`, and of the corpus. */
export interface Adoption {
  state: AdoptionState
  /** What would change, or why nothing can be written; first things first. */
  reasons: string[]
}

/** What an import led to, in a word; an error says that it led to nothing. */
export function adoptionOf(result: Imported | SlipwayError): Adoption {
  if (result instanceof SlipwayError) return refused(result.problems)
  const { losses, remarks } = result
  if (losses.length > 0) return refused(losses)
  const reasons = remarks.filter(isChange).map(clauseOf)
  return { state: reasons.length === 0 ? 'as it is' : 'with changes', reasons }
}

function refused(problems: readonly Problem[]): Adoption {
  const errors = problems.filter(({ severity }) => severity === 'error')
  return { state: 'not at all', reasons: errors.map(({ message }) => message) }
}

/** That slipway marks what is in its set changes nothing of what runs. */
function isChange({ path, live }: Remark): boolean {
  if (path === '') return live === undefined
  const [, label] = /^metadata\.labels\.(.*)$/.exec(path) ?? []
  return label === undefined || !isSlipwaysOwn(label)
}

function clauseOf({ object, path, live, rendered }: Remark): string {
  if (path === '') return `${object} is new`
  if (live === undefined) return `${path} is new`
  return rendered === undefined ? `${path} is lost` : `${path} changes`
}
