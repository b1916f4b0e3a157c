import { renderChanges } from '../report/index.ts'
import type { Comparison } from '../report/index.ts'
import { reportProblems } from './problems.ts'
import { projectFolder } from './project.ts'
import type { ProjectArgs } from './project.ts'
import type { Terminal } from './terminal.ts'

export interface ComparisonInput {
  against: string
  args: ProjectArgs & { names: readonly string[] }
  terminal: Terminal
}

/** Compares with a revision, as it is shown; shows warnings, throws the errors. */
export async function compare({ against, args, terminal }: ComparisonInput): Promise<Comparison> {
  const directory = await projectFolder(args)
  const { compareRevisions } = await import('../revisions/index.ts')
  const compared = await compareRevisions({ directory, choice: args, against, names: args.names })
  const { differences, after, warnings, ...rest } = compared
  reportProblems(warnings, terminal, directory)
  return { ...rest, changes: renderChanges(differences, after) }
}
