import type { EnvironmentStatus, FleetStatus, ShownEndpoint } from '../../overview/index.ts'
import { compareText } from '../../object/index.ts'
import type { SyncState } from '../../plan/index.ts'
import { formatAge, plural, shortCommit } from '../../words/index.ts'
import { gpusOf, reasonOf } from '../text/fleet.ts'
import { candidateText } from '../text/status.ts'
import { escapeLine } from './escape.ts'
import { headOf } from './head.ts'
import { STYLE } from './style.ts'

/**
 * Which version of which model runs where, as a page that needs nothing else, runs no script and asks no network: a row for each
 * endpoint, a column for each environment. `now` in milliseconds: when it was looked.
 */
export function fleetAsHtml(fleet: FleetStatus, now: number): string {
  const { environments } = fleet
  const title = `slipway: ${escapeLine(fleet.project)}`
  return `${headOf({ title, policy: POLICY, style: `${STYLE}${OWN_STYLE}` })}
<body>
<header>
<h1>${title}</h1>
<p>${escapeLine(summary(fleet))}</p>
<p class="dim">as of <time>${new Date(now).toISOString()}</time></p>
</header>
<main>
<table class="fleet">
<caption>Endpoints by environment</caption>
<thead><tr><th scope="col">Endpoint</th>${environments.map(head).join('')}</tr></thead>
<tbody>
${namesOf(fleet)
  .map(name => row(name, environments))
  .join('\n')}
</tbody>
</table>
</main>
</body>
</html>
`
}

const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

/** On a narrow screen the cells of a row stand below each other, each with its environment. */
const OWN_STYLE = `.fleet th[scope=row] { font-weight: 600 } .fleet p { margin: 0 } .bad { color: var(--delete) } .good { color: var(--create) }
@media (max-width: 46rem) { .fleet thead { display: block } .fleet thead th { display: block; width: auto } .fleet thead th:first-child { display: none }
  .fleet td::before { content: attr(data-environment); color: var(--dim) } }
`

function summary({ environments }: FleetStatus): string {
  const reports = environments.flatMap(({ report }) => report ?? [])
  const endpoints = reports.flatMap(each => each.endpoints)
  const ready = endpoints.filter(({ state }) => state === 'ready').length
  const drifted = endpoints.filter(({ sync }) => sync === 'drifted').length
  const gpus = reports.reduce((sum, report) => sum + gpusOf(report), 0)
  const unknown = environments.length - reports.length
  return [
    `${ready} of ${plural(endpoints.length, 'endpoint')} ready`,
    `${drifted} drifted`,
    plural(gpus, 'GPU'),
    ...(unknown === 0 ? [] : [`${plural(unknown, 'environment')} not known`]),
  ].join(', ')
}

function namesOf({ environments }: FleetStatus): string[] {
  const names = environments.flatMap(
    ({ report }) => report?.endpoints.map(({ endpoint }) => endpoint) ?? [],
  )
  return [...new Set(names)].toSorted(compareText)
}

function head(status: EnvironmentStatus): string {
  const { environment, report, now } = status
  if (report === undefined)
    return `<th scope="col">${escapeLine(environment)}<p class="bad">not known: ${escapeLine(reasonOf(status))}</p></th>`
  const { lastRevision: last } = report
  const applied =
    last === undefined
      ? 'nothing recorded'
      : `${shortCommit(last.commit)}${last.dirty ? '+' : ''} ${last.result}, ${formatAge(last.time, now)} ago`
  return `<th scope="col">${escapeLine(environment)}<p>${escapeLine(applied)}, ${plural(gpusOf(report), 'GPU')}</p></th>`
}

function row(name: string, environments: readonly EnvironmentStatus[]): string {
  return `<tr><th scope="row">${escapeLine(name)}</th>${environments.map(each => cell(name, each)).join('')}</tr>`
}

function cell(name: string, { environment, report, now }: EnvironmentStatus): string {
  const of = `data-environment="${escapeLine(environment)}"`
  if (report === undefined) return `<td ${of} class="absent">not known</td>`
  const endpoint = report.endpoints.find(each => each.endpoint === name)
  if (endpoint === undefined) return `<td ${of} class="absent">not there</td>`
  const parts = [...runs(endpoint), stateOf(endpoint), canaryOf(endpoint), syncOf(endpoint)]
  return `<td ${of}>${[...parts, since(endpoint, now)].join('')}</td>`
}

function runs({ image, model, address }: ShownEndpoint): string[] {
  const parts = [model, image, model ?? image ?? address].filter(part => part !== undefined)
  return [...new Set(parts)].map(part => `<p><code>${escapeLine(part)}</code></p>`)
}

function stateOf({ state: word, message, diagnosis, replicas, gpus = 0 }: ShownEndpoint): string {
  const pods = replicas === undefined ? '' : `, ${replicas.ready}/${replicas.desired} pods`
  const each = gpus === 0 ? '' : `, ${plural(gpus, 'GPU')} each`
  const why = word === 'ready' ? '' : `: ${diagnosis?.summary ?? message}`
  const look = word === 'ready' ? 'good' : 'bad'
  return `<p><span class="${look}">${word}</span>${escapeLine(`${pods}${each}${why}`)}</p>`
}

function canaryOf({ canary }: ShownEndpoint): string {
  return canary === undefined ? '' : `<p>${escapeLine(candidateText(canary))}</p>`
}

const SYNCS: Record<SyncState, string> = {
  synced: 'as in git',
  drifted: '<span class="bad">drifted</span>: changed in the cluster',
  differs: 'differs from git',
  unknown: 'not compared with git',
}

function syncOf({ sync: word, inGit }: ShownEndpoint): string {
  return `<p>${inGit ? SYNCS[word] : '<span class="bad">not in git</span>'}</p>`
}

function since({ revision }: ShownEndpoint, now: number): string {
  if (revision === undefined) return ''
  const commit = `${shortCommit(revision.commit)}${revision.dirty ? '+' : ''}`
  return `<p class="dim">since <code>${escapeLine(commit)}</code>, <time datetime="${escapeLine(revision.time)}">${escapeLine(formatAge(revision.time, now))} ago</time></p>`
}
