/**
 * Which of the caller's GIT_* variables reach git. Hooks, `git rebase --exec` and the like set GIT_DIR,
 * GIT_INDEX_FILE and more for *their* repository: these must not redirect our commands. What says who
 * the user is, how to reach a remote and which configuration files to read is kept.
 */
const KEPT = [
  /^GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)$/,
  /^GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)$/,
  /^GIT_(SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|TERMINAL_PROMPT|ALLOW_PROTOCOL|PROTOCOL)$/,
  /^GIT_(SSL|HTTP|PROXY)_\w+$/,
  /^GIT_(EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM)$/,
  /^SSH_ASKPASS$/,
]

/** simple-git drops every guarded variable (GIT_*, EDITOR, PAGER, …) that this list does not name. */
export function keptVariables(environment: NodeJS.ProcessEnv = process.env): string[] {
  return Object.keys(environment).filter(name => KEPT.some(pattern => pattern.test(name)))
}
