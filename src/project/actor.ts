import { hostname, userInfo } from 'node:os'

/** Who runs slipway and where, for the record and the lock: the CI run's URL, else `user@host`. */
export function actorOf(env: NodeJS.ProcessEnv): string {
  const {
    GITHUB_SERVER_URL,
    GITHUB_REPOSITORY,
    GITHUB_RUN_ID,
    GITHUB_ACTOR,
    CI_JOB_URL,
    GITLAB_USER_LOGIN,
  } = env
  if (GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_RUN_ID) {
    const run = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`
    return withPerson(GITHUB_ACTOR, run)
  }
  if (CI_JOB_URL) return withPerson(GITLAB_USER_LOGIN, CI_JOB_URL)
  return `${userName(env)}@${hostname()}`
}

function withPerson(person: string | undefined, url: string): string {
  return person ? `${person} (${url})` : url
}

/** A container's user may have no name. */
function userName({ USER }: NodeJS.ProcessEnv): string {
  try {
    return userInfo().username
  } catch {
    return USER ?? 'unknown'
  }
}
