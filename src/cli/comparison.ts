import { COMPARISON_VIEWS, renderChanges, type Comparison } from '../report/index.ts'
import { reportProblems } from './problems.ts'
import { projectFolder, type ProjectArgs } from './project.ts'
import { showOnPage } from './show.ts'
import type { Terminal } from './terminal.ts'

interface ComparisonArgs extends ProjectArgs {
  names: readonly string[]
  output: keyof typeof COMPARISON_VIEWS
}

/** Compares with a revision and shows it; shows warnings, throws the errors. */
export async function showComparison(
  against: string,
  args: ComparisonArgs,
  terminal: Terminal,
): Promise<Comparison> {
  const { names, output } = args
  const directory = await projectFolder(args)
  const { compareRevisions } = await import('../revisions/index.ts')
  const compared = await compareRevisions({ directory, choice: args, against, names })
  const { differences, after, warnings, ...rest } = compared
  reportProblems(warnings, terminal, directory)
  const comparison = { ...rest, changes: renderChanges(differences, after) }
  await showOnPage(COMPARISON_VIEWS, output, { result: comparison, terminal })
  return comparison
}
