import { formatRef } from '../../object/index.ts'
import type { Plan } from '../../plan/index.ts'
import { cleanLine } from '../clean.ts'
import { lossesOf, reasonOf, plannedActions, type Change } from '../change.ts'
import { endpointChanges, type EndpointChange, type Verb } from '../endpoint-change.ts'
import { fieldLines } from '../field-change.ts'
import { effectsOf, type Effect } from '../impact/impact.ts'
import { impactSummary } from '../impact/summary.ts'
import { planWords } from '../plan-counts.ts'
import { alike, byDanger, FEW } from '../reading-order.ts'
import { problemLines } from './problems.ts'
import type { Colour, Paint } from './style.ts'
import { plural, someOf } from '../../words/index.ts'
import { wrapLine, wrapLines } from './wrap.ts'

/** A plan for people: per endpoint in words, then its objects, then their fields; refusals and warnings; counts and hash; broken at words on a screen. */
export function planAsText(plan: Plan, paint: Paint, columns?: number): string {
  const groups = byDanger(endpointChanges(plannedActions(plan)))
  const summary = paint(
    'bold',
    cleanLine(`${plan.project} in ${plan.environment}: ${planWords(plan)}`),
  )
  const impact = groups.length === 0 ? [] : [cleanLine(impactSummary(groups))]
  const lines = [
    ...(alike(groups).length > FEW ? [summary, ...impact, ''] : []),
    ...lossLines(plan, paint),
    ...groupLines(groups, paint),
    ...namespaceLines(plan, paint),
    ...relatedLines(plan, paint),
    ...plan.problems.flatMap(problem => [...problemLines(problem, paint), '']),
    summary,
    ...returnLines(plan),
    ...impact,
    ...(groups.length === 0 ? [] : [paint('dim', `plan ${plan.hash}`)]),
  ]
  return `${wrapLines(lines, columns)}\n`
}

/** A deletion that git does not know of. */
function returnLines({ deletion }: Plan): string[] {
  if (deletion === undefined || deletion.inGit.length === 0) return []
  const [first = ''] = deletion.inGit
  const told =
    deletion.inGit.length === 1
      ? `the file of ${first} is still in git: the next apply creates it again`
      : `${someOf(deletion.inGit)} are still in git: the next apply creates them again`
  return [cleanLine(told)]
}

/** Before all else. */
function lossLines(plan: Plan, paint: Paint): string[] {
  const lost = lossesOf(plannedActions(plan))
  return lost === undefined ? [] : [paint('red', lost), '']
}

/** Endpoints as text, for plans and for comparisons of two renders. */
export function changesAsText(changes: readonly Change[], paint: Paint, columns?: number): string {
  const groups = byDanger(endpointChanges(changes))
  if (groups.length === 0) return 'No differences.\n'
  const lines = groupLines(groups, paint)
  const count = `${plural(changes.length, 'object')} of ${plural(groups.length, 'endpoint')}`
  const summary = cleanLine(`Differences in ${count}: ${impactSummary(groups)}.`)
  const first = alike(groups).length > FEW ? [paint('bold', summary), ''] : []
  const all = [...first, ...lines, paint('bold', summary)]
  return `${wrapLines(all, columns)}\n`
}

/** What happens to many alike is shown once, with all their names. */
function groupLines(groups: readonly EndpointChange[], paint: Paint): string[] {
  return alike(groups).flatMap(same => {
    const [first, ...others] = same
    if (first === undefined) return []
    if (others.length === 0) return [...endpointLines(first, paint), '']
    const [head = '', ...objects] = endpointLines(first, paint, `${same.length} endpoints`)
    const names = `    ${same.map(({ endpoint }) => cleanLine(endpoint)).join(', ')}`
    const note = paint('dim', `    of ${cleanLine(first.endpoint)}, and of the others alike:`)
    return [head, ...wrapLine(names, NAMES_WIDTH), note, ...objects, '']
  })
}

const NAMES_WIDTH = 100

function endpointLines(
  change: EndpointChange,
  paint: Paint,
  name: string = change.endpoint,
): string[] {
  const [symbol, colour] = MARKS[change.verb]
  const words = cleanLine(change.highlights.join(', '))
  const head = `${paint(colour, `${symbol} ${change.verb}`)} ${paint('bold', cleanLine(name))}: ${words}`
  return [
    [head, ...effectsOf(change.impact).map(effect => painted(effect, paint))].join('; '),
    ...change.changes.flatMap(object => objectLines(object, paint)),
  ]
}

const WEIGHTS: Record<Effect['weight'], Colour> = { calm: 'dim', notable: 'yellow', grave: 'red' }

function painted({ text, weight }: Effect, paint: Paint): string {
  return paint(WEIGHTS[weight], cleanLine(text))
}

function objectLines(change: Change, paint: Paint): string[] {
  const [symbol, colour] = MARKS[change.type === 'prune' ? 'delete' : change.type]
  const mark = change.type === 'switch' ? '-' : symbol
  const reason = reasonOf(change)
  const why = reason === '' ? '' : paint('dim', ` (${reason})`)
  return [
    `    ${paint(colour, mark)} ${formatRef(change.ref)}${why}`,
    ...change.changes
      .flatMap(fieldLines)
      .map(({ sign, text }) => `        ${paintSign(sign, text, paint)}`),
  ]
}

/** As in kapp and terraform. */
export const MARKS: Record<Verb, [symbol: string, colour: Colour]> = {
  create: ['+', 'green'],
  update: ['~', 'yellow'],
  adopt: ['>', 'cyan'],
  replace: ['-/+', 'red'],
  switch: ['-/+', 'red'],
  delete: ['-', 'red'],
}

function paintSign(sign: '+' | '-' | ' ', text: string, paint: Paint): string {
  if (sign === ' ') return `  ${text}`
  return paint(sign === '+' ? 'green' : 'red', `${sign} ${text}`)
}

function namespaceLines({ createNamespaces }: Plan, paint: Paint): string[] {
  if (createNamespaces.length === 0) return []
  return [
    ...createNamespaces.map(name => `${paint('green', '+')} Namespace/${cleanLine(name)}`),
    '',
  ]
}

function relatedLines({ related }: Plan, paint: Paint): string[] {
  if (related.length === 0) return []
  const lines = related.map(
    ({ ref, endpoint, reason }) =>
      `    ${formatRef(ref)} ${paint('dim', `(${cleanLine(`${endpoint}: ${reason}`)})`)}`,
  )
  return [
    paint('bold', 'Not in the set, left alone (--include-related removes them):'),
    ...lines,
    '',
  ]
}
