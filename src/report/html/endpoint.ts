import { SECRET, isOf } from '../../kinds/index.ts'
import { formatRef } from '../../object/index.ts'
import { HIDDEN, maskContents } from '../../secret/index.ts'
import { reasonOf, type Change } from '../change.ts'
import type { EndpointChange } from '../endpoint-change.ts'
import { effectsOf } from '../impact/impact.ts'
import { plural } from '../../words/index.ts'
import { escapeLine, escapeText } from './escape.ts'
import { fieldRow } from './fields.ts'

/**
 * One endpoint, or several to which the same happens, closed until somebody opens it: words first, then the objects with
 * their fields side by side.
 */
export function endpointSection(same: readonly EndpointChange[]): string {
  const [group] = same
  if (group === undefined) return ''
  const { endpoint, verb, highlights, impact, changes } = group
  const names = same.map(each => escapeLine(each.endpoint))
  const who = same.length === 1 ? escapeLine(endpoint) : plural(same.length, 'endpoint')
  const effects = effectsOf(impact).map(
    ({ text, weight }) => `<span class="effect ${weight}">${escapeLine(text)}</span>`,
  )
  return `<details class="endpoint ${verb}" data-verb="${verb}" data-restarts="${impact.pods.fate === 'restart'}" data-downtime="${impact.downtime.answer !== 'no'}" data-name="${names.join(' ')}" data-count="${same.length}">
<summary><span class="verb">${verb}</span> <b>${who}</b> <span class="words">${highlights.map(escapeLine).join('; ')}</span>
<span class="effects">${effects.join(' ')}</span></summary>
${same.length === 1 ? '' : `<p>${names.join(', ')}</p>\n<p class="dim">Of ${escapeLine(endpoint)}, and of the others alike:</p>`}
${changes.map(objectBlock).join('\n')}
</details>`
}

function objectBlock(change: Change): string {
  const { type, ref, changes, desired } = change
  const reason = reasonOf(change)
  const why = reason === '' ? '' : ` <span class="why">${escapeLine(reason)}</span>`
  const action = type === 'prune' || type === 'switch' ? 'delete' : type
  const head = `<h3><span class="verb ${action}">${action}</span> ${escapeLine(formatRef(ref))}${why}</h3>`
  if (changes.length > 0) return `${head}\n${fieldTable(change)}`
  if (type !== 'create' || desired === undefined || isOf(ref, SECRET)) return head
  return `${head}\n<pre class="whole">${escapeText(
    JSON.stringify(
      maskContents(desired, () => HIDDEN),
      undefined,
      2,
    ),
  )}</pre>`
}

function fieldTable({ ref, changes }: Change): string {
  return `<table><caption>Fields of ${escapeLine(formatRef(ref))}</caption>
<thead><tr><th scope="col">Field</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
<tbody>${changes.map(fieldRow).join('\n')}</tbody></table>`
}
