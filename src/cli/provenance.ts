import { checkFiles } from '../project/index.ts'
import type { Provenance } from '../project/index.ts'
import type { Problem } from '../problem/index.ts'

/** That files of the commit are missing, for commands that only look: what they define is shown as not in git. */
export async function absentFiles({ info, differences }: Provenance): Promise<Problem[]> {
  const problems = checkFiles(
    info.commit,
    differences.filter(({ state }) => state === 'absent'),
  )
  return problems.map(problem => ({ ...problem, severity: 'warning' }))
}
