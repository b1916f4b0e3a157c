import type { Finding } from '../finding.ts'
import { judgeGithub, STATUS_ENVIRONMENT } from './judge.ts'
import { readGithub } from './read.ts'

/** What the workflows of a repository need of GitHub: its address and the findings. Changes nothing. */
export async function examineGithub(
  directory: string,
  environments: readonly string[],
): Promise<{ address: string; findings: Finding[] }> {
  const ofEach = environments.flatMap(name => [name, `${name}-read`])
  const names = [...ofEach, STATUS_ENVIRONMENT]
  const facts = await readGithub(directory, names)
  return { address: facts.address, findings: judgeGithub(facts, environments) }
}
