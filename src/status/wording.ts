/** Joins the clauses that there are: `0 of 1 new pods available; pod chat-1: loading for 2m`. */
export function clauses(...parts: (string | undefined)[]): string {
  return parts.filter(part => part !== undefined && part !== '').join('; ')
}

/** What container runtimes put before the cause. */
const NOISE =
  /rpc error: code = \w+ desc = |Error response from daemon: |failed to create (containerd|shim) task: |OCI runtime create failed: |runc create failed: |unable to start container process: |error during container init: |error running (\w+ )?hook #\d+: |exit status \d+, stdout: , stderr: /g

/** One line of a message of the kubelet or a controller: without the noise of its transport, bounded in length. */
export function cleaned(message: string | undefined, limit = 300): string {
  const line = (message ?? '').replaceAll(NOISE, '').replaceAll(/\s+/g, ' ').trim()
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`
}
