import { SlipwayError } from '../problem/index.ts'
import type { Problem } from '../problem/index.ts'
import { API_VERSION } from '../object/index.ts'
import { changesAsJson, changesAsText, reportAsMarkdown } from '../report/index.ts'
import type { Change } from '../report/index.ts'
import { jsonText } from './json.ts'
import { plural } from './plural.ts'
import { checkNames, renderProject } from './project.ts'
import type { Project, ProjectArgs } from './project.ts'
import { openRepositoryOf } from './revision.ts'
import { appendSummary } from './summary.ts'
import type { Terminal } from './terminal.ts'

export interface ComparisonInput {
  revision: string
  project: Project
  args: ProjectArgs & { names: readonly string[]; output: string }
  terminal: Terminal
}

/** Shows the difference between what a revision rendered and what the project renders now; true when there is one. */
export async function compareWith(input: ComparisonInput): Promise<boolean> {
  const { revision, project, args } = input
  const before = await renderAt(revision, project.directory, args)
  const all = [...before.endpoints, ...project.set.endpoints]
  checkNames(args.names, [...new Set(all.map(({ name }) => name))])
  const changes = await changesBetween(before, project)
  const wanted = changes.filter(({ endpoint }) => isWanted(endpoint, args.names))
  await show(wanted, input)
  return wanted.length > 0
}

/** Two renders' differences in the form of a plan's actions. */
export async function changesBetween(
  before: Pick<Project, 'objects'>,
  after: Pick<Project, 'objects'>,
): Promise<Change[]> {
  const { compareRenders } = await import('../plan/index.ts')
  const { renderChanges } = await import('../report/index.ts')
  return renderChanges(compareRenders(before.objects, after.objects), after.objects)
}

/** A project as it was at a revision. Errors in its settings do not matter as long as it can be rendered. */
export async function renderAt(revision: string, directory: string, args: ProjectArgs) {
  const repository = await openRepositoryOf(directory)
  const source = await repository.sourceAt(revision, directory)
  const { set, objects, problems } = await renderProject(args, directory, source)
  if (set === undefined)
    throw new SlipwayError(problems.map(problem => atRevision(problem, revision)))
  return { endpoints: set.endpoints, objects }
}

/** Its place is in a file that nobody has open, so it becomes part of the message. */
function atRevision({ place, ...problem }: Problem, revision: string): Problem {
  const where = place === undefined ? '' : `${place.file}:${place.line}: `
  return { ...problem, message: `at ${revision}: ${where}${problem.message}` }
}

function isWanted(endpoint: string, names: readonly string[]): boolean {
  return names.length === 0 || names.includes(endpoint)
}

async function show(
  changes: Change[],
  { revision, project, args, terminal }: ComparisonInput,
): Promise<void> {
  const environment = project.set.environment.name
  const markdown = reportAsMarkdown({
    subject: environment,
    summary: `${plural(new Set(changes.map(change => change.endpoint)).size, 'endpoint')} changed since ${revision}`,
    changes,
    problems: [],
  })
  if (args.output === 'markdown') terminal.out(markdown)
  else if (args.output === 'text') terminal.out(changesAsText(changes, terminal.paintOut))
  else {
    const endpoints = changesAsJson(changes)
    terminal.out(
      jsonText({
        apiVersion: API_VERSION,
        kind: 'Comparison',
        environment,
        against: revision,
        endpoints,
      }),
    )
  }
  await appendSummary(markdown, terminal)
}
