import type { Completed, Render } from '../draft.ts'

const REASON = 'It ran like this when it was imported.'

/** A draft and what it renders to, with the rules that what is live breaks as warnings: they are advice, and no reason to change it now. */
export async function tolerating(
  { document: draft, rendered }: Completed,
  render: Render,
): Promise<Completed> {
  const errors = rendered.problems.filter(({ severity }) => severity === 'error')
  const ids = errors.flatMap(({ rule, code }) =>
    rule !== undefined && code === 'wiring' ? [rule] : [],
  )
  if (ids.length === 0 || ids.length < errors.length) return { document: draft, rendered }
  const rules = Object.fromEntries(ids.toSorted().map(id => [id, REASON]))
  const document = { ...draft, spec: { ...draft.spec, rules } }
  return { document, rendered: await render(document) }
}
