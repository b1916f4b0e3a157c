/** What GitHub says of a repository, as far as the workflows rest on it. Undefined is what there was no right to see. */
export interface GithubFacts {
  /** `https://github.com/team/models` */
  address: string
  defaultBranch: string
  /** By a branch protection or a ruleset. */
  isDefaultBranchProtected: boolean | undefined
  /** Those that were looked for and are there. */
  environments: readonly GithubEnvironment[]
  /** Names of secrets that every branch can use: the repository's and the organization's. */
  openSecrets: readonly string[] | undefined
  /** Of a workflow's token where a workflow says nothing. */
  tokenPermissions: 'read' | 'write' | undefined
  mayCreatePullRequests: boolean | undefined
}

export interface GithubEnvironment {
  name: string
  /** Which branches and tags may use it: any, protected ones, or those that match a pattern. */
  branches: 'any' | 'protected' | readonly string[] | undefined
  hasReviewers: boolean
  /** Names of its secrets. */
  secrets: readonly string[] | undefined
}
