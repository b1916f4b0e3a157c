import { SlipwayError } from '../../problem/index.ts'
import { openProject } from '../../project/index.ts'
import { describeEnvironments } from '../../spec/index.ts'
import type { Finding } from '../finding.ts'
import { examineGithub } from './examine.ts'

/** What of GitHub was looked at. */
export interface GithubExamination {
  environments: readonly string[]
  /** Of the repository. */
  address: string
  findings: Finding[]
}

/** What the workflows need of GitHub, for the environments that pipelines apply, or for the one that is named. Changes nothing. */
export async function examineProjectOnGithub(
  directory: string,
  environment?: string,
): Promise<GithubExamination> {
  const { value, problems } = await describeEnvironments(await openProject(directory))
  if (value === undefined) throw new SlipwayError(problems)
  const all = value.filter(({ pipeline }) => pipeline).map(({ name }) => name)
  const environments = environment === undefined ? all : [environment]
  return { environments, ...(await examineGithub(directory, environments)) }
}
