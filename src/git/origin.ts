import type { Checkout } from './checkout.ts'
import { gitFailed, tryGit } from './run.ts'

/** What the clones of a repository have in common; undefined without a remote called origin. */
export async function origin({ root }: Checkout): Promise<string | undefined> {
  const args = ['config', '--get', 'remote.origin.url']
  const result = await tryGit(root, args)
  if (result.exitCode === NOT_SET) return undefined
  if (result.exitCode !== 0) throw gitFailed(args, result)
  return repositoryName(result.stdout.trim())
}

const NOT_SET = 1

const URL_FORM = /^[a-z][a-z0-9+.-]*:\/\//i
/** `git@host:path`, as for scp. */
const SCP_FORM = /^(?:[^@/]*@)?([^:/@]{2,}):(.+)$/

/**
 * `github.com/org/models`: host and path of an address, the same for every protocol. User, password and port stay away:
 * a pipeline's token may be among them.
 */
export function repositoryName(address: string): string | undefined {
  if (URL_FORM.test(address)) {
    const url = URL.parse(address)
    return url === null ? undefined : nameOf(url.hostname, url.pathname)
  }
  const [, host, path] = SCP_FORM.exec(address) ?? []
  if (host !== undefined && path !== undefined) return nameOf(host, path)
  return address.includes('@') ? undefined : nameOf('', address)
}

function nameOf(host: string, path: string): string | undefined {
  const bare = path.replace(/(?<!\/)\/+$/, '').replace(/\.git$/, '')
  if (bare === '') return undefined
  return host === '' ? bare : `${host.toLowerCase()}/${bare.replace(/^\/+/, '')}`
}
