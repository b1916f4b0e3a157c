/** What is left to do after the files of a project were written. Without the deployment branches, any branch reads production's kubeconfig. */
export function nextSteps({
  environment,
  context,
}: {
  environment: string
  context?: string | undefined
}): string {
  const places = [environment, `${environment}-read`]
  const target =
    context === undefined
      ? `${environment} has no context: commands use the current one of your kubeconfig until slipway.yaml names one\n`
      : ''
  return `${target}next, with slipway in the devDependencies of package.json:
  npx --no slipway new NAME   adds your first endpoint
  npx --no slipway validate   checks it; --server=sandbox does so with an API server of its own, too
The workflows need two environments on GitHub: ${environment}, which may write, and ${environment}-read, which may only read,
each with a kubeconfig as its secret KUBECONFIG, and limited to the branch main:
${places.map(stepsOf).join('')}Add reviewers of ${environment} under Settings, Environments. npx --no slipway doctor --github checks all of it.
`
}

function stepsOf(place: string): string {
  const path = `repos/{owner}/{repo}/environments/${place}`
  const policy = 'deployment_branch_policy'
  return `  gh api --silent --method PUT ${path} -F '${policy}[protected_branches]=false' -F '${policy}[custom_branch_policies]=true'
  gh api --silent ${path}/deployment-branch-policies -f name=main
  gh secret set KUBECONFIG --env ${place} < FILE
`
}
