import type { Repository } from '../../git/index.ts'
import type { Problem } from '../../problem/index.ts'
import { reportAsMarkdown } from '../../report/index.ts'
import type { MarkdownReport } from '../../report/index.ts'
import { confirmOrRefuse } from '../confirm.ts'
import { reportProblems } from '../problems.ts'
import { appendSummary } from '../summary.ts'
import type { Terminal } from '../terminal.ts'
import { makeCommit } from './make-commit.ts'
import type { Proposal } from './make-commit.ts'

interface Proposing {
  /** What changes, in words. */
  text: string
  warnings: readonly Problem[]
  /** For the page of the run. */
  reports: readonly MarkdownReport[]
  /** What is asked when it is to be more than a look, before anybody confirms. Throws where it cannot be. */
  before?: () => Promise<void>
  proposal: Proposal
  /** Nothing changes: there is no commit to make. */
  isEmpty?: boolean
  args: { dryRun: boolean; yes: boolean; push: boolean; pr: boolean }
  /** What is left to be done after a commit that is not pushed: where no pipeline applies it, somebody does. */
  next: string
  repository: Repository
  /** Of the project. */
  directory: string
  terminal: Terminal
}

/** Shows what a commit would change, asks, and makes it. */
export async function propose(input: Proposing): Promise<'made' | 'declined' | 'shown'> {
  const { args, directory, proposal, repository, terminal } = input
  terminal.out(input.text)
  reportProblems(input.warnings, terminal, directory)
  const pages = input.reports.map(report => reportAsMarkdown(report))
  await appendSummary(pages.join('\n'), terminal)
  if (args.dryRun || input.isEmpty === true) return 'shown'
  await input.before?.()
  if (!(await confirmOrRefuse('Commit this?', { yes: args.yes, terminal }))) return 'declined'
  await makeCommit({ proposal, args, repository, terminal })
  if (!args.push && !args.pr) terminal.err(input.next)
  return 'made'
}
