import type { EndpointChange } from './endpoint-change.ts'

/** What readers must not miss comes first: gaps in service and deletions; what is alike stays in the order of the plan. */
export function byDanger(groups: readonly EndpointChange[]): EndpointChange[] {
  return groups.toSorted((a, b) => dangerOf(a) - dangerOf(b))
}

function dangerOf({ verb, impact: { downtime, pods, deletes } }: EndpointChange): number {
  if (verb === 'create') return 5
  if (downtime.answer === 'yes' && pods.fate !== 'stop') return 0
  if (verb === 'delete' || downtime.answer === 'yes') return 1
  if (downtime.answer === 'possible' || deletes.length > 0) return 2
  return pods.fate === 'restart' ? 3 : 4
}

/** Fewer are shown one by one. */
const FEWEST_ALIKE = 3

/** Of fewer the summary at the beginning is still on the screen at the end. */
export const FEW = 3

/** Endpoints to which the very same happens, together; each once, in the order of the first of them. */
export function alike(groups: readonly EndpointChange[]): EndpointChange[][] {
  const bySignature = [...Map.groupBy(groups, signatureOf).values()]
  return bySignature.flatMap(same =>
    same.length < FEWEST_ALIKE ? same.map(group => [group]) : [same],
  )
}

/** Everything that is shown of a change, with the endpoint's own name taken out. */
function signatureOf({ endpoint, verb, highlights, impact, changes }: EndpointChange): string {
  const shown = changes.map(
    ({ type, ref: { apiVersion, kind, name }, reason, losses, changes: fields, desired }) => ({
      type,
      apiVersion,
      kind,
      name,
      reason,
      losses,
      fields,
      // A page shows all of what is new.
      ...(type === 'create' && { desired }),
    }),
  )
  return JSON.stringify([verb, highlights, impact, shown]).replaceAll(wordOf(endpoint), '\0')
}

/** A name as a word, or as the beginning of one: `chat` in `chat-svc`, not in `chatter`. */
function wordOf(name: string): RegExp {
  return new RegExp(String.raw`(?<![\w])${name.replaceAll(/[^\w]/g, String.raw`\$&`)}(?![\w])`, 'g')
}
