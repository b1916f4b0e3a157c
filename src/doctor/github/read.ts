import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { failure } from '../../problem/index.ts'
import type { GithubEnvironment, GithubFacts } from './facts.ts'

const run = promisify(execFile)
const PATIENCE_SECONDS = 30

/** Asks GitHub, by gh, about the repository that the folder is in. Throws SlipwayError where gh or the repository is not there. */
export async function readGithub(
  directory: string,
  environments: readonly string[],
): Promise<GithubFacts> {
  const ask = (path: string) => get(directory, path)
  const repository = await ask('')
  if (typeof repository !== 'object') throw noRepository(directory)
  const { html_url: address, default_branch: defaultBranch } = repository
  const [isDefaultBranchProtected, found, openSecrets, token] = await Promise.all([
    isProtected(ask, String(defaultBranch)),
    Promise.all(environments.map(name => environmentAt(ask, name))),
    secretsOpenToAll(ask),
    ask('/actions/permissions/workflow'),
  ])
  const { default_workflow_permissions: level, can_approve_pull_request_reviews: may } =
    typeof token === 'object' ? token : {}
  return {
    address: String(address),
    defaultBranch: String(defaultBranch),
    isDefaultBranchProtected,
    environments: found.filter(each => each !== undefined),
    openSecrets,
    tokenPermissions: level === 'read' || level === 'write' ? level : undefined,
    mayCreatePullRequests: typeof may === 'boolean' ? may : undefined,
  }
}

/** An object, or why there is none. */
type Answer = Record<string, unknown> | 'absent' | 'refused'
type Ask = (path: string) => Promise<Answer>

async function environmentAt(ask: Ask, name: string): Promise<GithubEnvironment | undefined> {
  const path = `/environments/${encodeURIComponent(name)}`
  const found = await ask(path)
  if (found === 'absent') return undefined
  if (found === 'refused')
    return { name, branches: undefined, hasReviewers: false, secrets: undefined }
  const rules = itemsOf(found['protection_rules'])
  return {
    name,
    branches: await branchesOf(ask, path, found['deployment_branch_policy']),
    hasReviewers: rules.some(({ type }) => type === 'required_reviewers'),
    secrets: namesOf(await ask(`${path}/secrets?per_page=100`), 'secrets'),
  }
}

async function branchesOf(
  ask: Ask,
  path: string,
  policy: unknown,
): Promise<GithubEnvironment['branches']> {
  if (policy === null || policy === undefined) return 'any'
  if ((policy as Record<string, unknown>)['protected_branches'] === true) return 'protected'
  return namesOf(await ask(`${path}/deployment-branch-policies?per_page=100`), 'branch_policies')
}

/** Either kind of rule will do; both may be hidden. */
async function isProtected(ask: Ask, branch: string): Promise<boolean | undefined> {
  const name = encodeURIComponent(branch)
  const [own, rules] = await Promise.all([ask(`/branches/${name}`), ask(`/rules/branches/${name}`)])
  if (typeof own === 'object' && own['protected'] === true) return true
  if (Array.isArray(rules) && rules.length > 0) return true
  return typeof own === 'object' && Array.isArray(rules) ? false : undefined
}

async function secretsOpenToAll(ask: Ask): Promise<string[] | undefined> {
  const [own, common] = await Promise.all([
    ask('/actions/secrets?per_page=100'),
    ask('/actions/organization-secrets?per_page=100'),
  ])
  const names = namesOf(own, 'secrets')
  return names && [...names, ...(namesOf(common, 'secrets') ?? [])]
}

function namesOf(answer: Answer, field: string): string[] | undefined {
  if (typeof answer !== 'object') return undefined
  return itemsOf(answer[field]).flatMap(({ name }) => (typeof name === 'string' ? name : []))
}

function itemsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value : []
}

/** gh puts owner and name of the folder's repository into the braces. */
async function get(directory: string, path: string): Promise<Answer> {
  const options = { cwd: directory, timeout: PATIENCE_SECONDS * 1000 }
  try {
    const { stdout } = await run('gh', ['api', `repos/{owner}/{repo}${path}`], options)
    return JSON.parse(stdout) as Record<string, unknown>
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
    // What a repository hides from somebody is not found, except for what everybody may see.
    if (said.includes('HTTP 404')) return path.includes('secrets') ? 'refused' : 'absent'
    if (said.includes('HTTP 403')) return 'refused'
    throw unanswered(error, said.trim())
  }
}

function unanswered(error: unknown, said: string) {
  const isThere = !(error instanceof Error && 'code' in error && error.code === 'ENOENT')
  return failure(
    'usage',
    isThere
      ? 'gh could not ask GitHub about this repository'
      : '--github needs gh, the command line of GitHub, and it cannot be started',
    {
      ...(said === '' ? {} : { cause: said }),
      remedy: isThere
        ? `See "gh auth status" and "git remote -v"; each question is given ${PATIENCE_SECONDS} s.`
        : 'Install it (https://cli.github.com).',
      error,
    },
  )
}

function noRepository(directory: string) {
  return failure('usage', `GitHub does not show the repository of ${directory}`, {
    remedy: 'See "gh auth status" and "git remote -v".',
  })
}
