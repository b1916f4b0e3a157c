import { about, type Finding } from '../finding.ts'
import type { GithubEnvironment, GithubFacts } from './facts.ts'

/** What the workflows need of GitHub and do not have, for the environments that pipelines apply. */
export function judgeGithub(facts: GithubFacts, environments: readonly string[]): Finding[] {
  return [
    ...environments.flatMap(name => [
      ...environmentFindings(facts, name),
      ...environmentFindings(facts, `${name}-read`),
      ...waiting(facts, `${name}-read`),
    ]),
    ...pageFindings(facts),
    openSecrets(facts),
    protection(facts),
    tokenPermissions(facts),
    pullRequests(facts),
  ]
}

/** What the status page is read with: only those who publish one have it. */
export const STATUS_ENVIRONMENT = 'slipway-status'

function pageFindings(facts: GithubFacts): Finding[] {
  const isThere = facts.environments.some(({ name }) => name === STATUS_ENVIRONMENT)
  if (!isThere) return []
  return [...environmentFindings(facts, STATUS_ENVIRONMENT), ...waiting(facts, STATUS_ENVIRONMENT)]
}

function environmentFindings(
  { environments, defaultBranch }: GithubFacts,
  name: string,
): Finding[] {
  const found = environments.find(each => each.name === name)
  const say = about(`environment ${name}`)
  if (found === undefined) {
    const remedy = `Make it: gh api --method PUT ${pathOf(name)} -F '${POLICY}[protected_branches]=false' -F '${POLICY}[custom_branch_policies]=true'`
    return [say.missing('it is not there', remedy)]
  }
  return [branchFinding(found, defaultBranch), secretFinding(found)]
}

const POLICY = 'deployment_branch_policy'

function pathOf(name: string): string {
  return `repos/{owner}/{repo}/environments/${name}`
}

function branchFinding({ name, branches }: GithubEnvironment, defaultBranch: string): Finding {
  const say = about(`branches of ${name}`)
  if (branches === undefined) return say.unseen(NO_RIGHT)
  if (branches === 'protected') return say.ok('protected branches may use it')
  const others = branches === 'any' ? [] : branches.filter(each => each !== defaultBranch)
  if (branches !== 'any' && branches.length > 0 && others.length === 0)
    return say.ok(`${defaultBranch} alone may use it`)
  if (branches !== 'any' && branches.length === 0)
    return say.missing('no branch may use it', restrict(name, defaultBranch))
  const message =
    branches === 'any'
      ? 'every branch may use it: whoever can push one can read its secrets'
      : `branches and tags beside ${defaultBranch} may use it, and read its secrets: ${others.join(', ')}`
  return say.missing(message, restrict(name, defaultBranch))
}

function restrict(name: string, branch: string): string {
  return `Under Settings, Environments, ${name}, "Deployment branches and tags": selected ones, and ${branch} alone.`
}

function secretFinding({ name, secrets }: GithubEnvironment): Finding {
  const say = about(`secret KUBECONFIG of ${name}`)
  if (secrets === undefined) return say.unseen(NO_RIGHT)
  if (secrets.includes('KUBECONFIG')) return say.ok('it is there')
  return say.warning(
    'it is not there',
    `gh secret set KUBECONFIG --env ${name} < FILE; not needed where the workflow signs in by OIDC.`,
  )
}

/** What runs every morning must not wait for somebody. */
function waiting({ environments }: GithubFacts, name: string): Finding[] {
  const found = environments.find(each => each.name === name)
  if (found?.hasReviewers !== true) return []
  return [
    about(`reviewers of ${name}`).warning(
      `${name === STATUS_ENVIRONMENT ? 'the status page waits' : 'drift and rollback wait'} for them`,
      'Take them out: its kubeconfig should be able to read only.',
    ),
  ]
}

function openSecrets({ openSecrets: names }: GithubFacts): Finding {
  const say = about('secrets outside environments')
  if (names === undefined) return say.unseen(NO_RIGHT)
  if (!names.includes('KUBECONFIG')) return say.ok('there is no KUBECONFIG among them')
  return say.missing(
    'KUBECONFIG is one: a workflow of any branch can read it',
    'Put it into the environments, and delete it here: gh secret delete KUBECONFIG',
  )
}

function protection({ isDefaultBranchProtected, defaultBranch }: GithubFacts): Finding {
  const say = about(`rules for ${defaultBranch}`)
  if (isDefaultBranchProtected === undefined) return say.unseen(NO_RIGHT)
  if (isDefaultBranchProtected) return say.ok('there are some')
  return say.warning(
    `whoever can push to ${defaultBranch} applies without a review`,
    'Settings, Rules: require a pull request, and the check "preview", before merging.',
  )
}

function tokenPermissions({ tokenPermissions: level }: GithubFacts): Finding {
  const say = about('token of workflows')
  if (level === undefined) return say.unseen(NO_RIGHT)
  if (level === 'read') return say.ok('it reads, unless a job asks for more')
  return say.warning(
    'it may write in every workflow that does not say otherwise',
    'Settings, Actions, General, "Workflow permissions": read.',
  )
}

function pullRequests({ mayCreatePullRequests }: GithubFacts): Finding {
  const say = about('pull requests of workflows')
  if (mayCreatePullRequests === undefined) return say.unseen(NO_RIGHT)
  if (mayCreatePullRequests) return say.ok('they may be opened')
  return say.warning(
    'the rollback workflow may not open one',
    'Settings, Actions, General: "Allow GitHub Actions to create and approve pull requests".',
  )
}

const NO_RIGHT = 'no permission to see it'
