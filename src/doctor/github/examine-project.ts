import { openProject } from '../../project/index.ts'
import { describeChosen } from '../../spec/index.ts'
import type { DoctorReport } from '../finding.ts'
import { judgeGithub, STATUS_ENVIRONMENT } from './judge.ts'
import { readGithub } from './read.ts'

/** What the workflows need of GitHub, for the environments that pipelines apply, or for the one that is named. Changes nothing. */
export async function examineProjectOnGithub(
  directory: string,
  environment?: string,
): Promise<DoctorReport> {
  const described = await describeChosen(await openProject(directory))
  const all = described.filter(({ pipeline }) => pipeline).map(({ name }) => name)
  const environments = environment === undefined ? all : [environment]
  const ofEach = environments.flatMap(name => [name, `${name}-read`])
  const facts = await readGithub(directory, [...ofEach, STATUS_ENVIRONMENT])
  const findings = judgeGithub(facts, environments)
  return { environment: environments.join(', '), server: facts.address, findings }
}
