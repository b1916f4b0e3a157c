import path from 'node:path'
import { ownFolder, userFolder } from '../package/index.ts'
import { failure } from '../problem/index.ts'

export const DEFAULT_NAME = 'sandbox'

/** The context that `up` puts into the kubeconfig; cluster and user have the same name. */
export function contextOf(name: string): string {
  return `slipway-${name}`
}

/** A sandbox's name becomes a folder and part of a context, so it is kept as strict as a DNS label. */
export function checkName(name: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/.test(name)) return name
  throw failure('usage', `"${name}" cannot be the name of a sandbox`, {
    remedy: 'Use up to 40 lower case letters, digits and dashes, such as "sandbox" or "try-1".',
  })
}

/** Where binaries are kept: shared by all sandboxes, safe to delete. */
export function cacheFolder(): string {
  return path.join(userFolder('XDG_CACHE_HOME'), 'sandbox')
}

/** KWOK_WORKDIR of all sandboxes of this user. */
export function stateFolder(): string {
  return path.join(userFolder('XDG_STATE_HOME'), 'sandbox')
}

/** Everything of one sandbox: data, certificates, logs. kwokctl demands the folder `clusters`. */
export function stateDirectoryOf(name: string): string {
  return path.join(stateFolder(), 'clusters', name)
}

/** The package's `sandbox` folder: Go modules, manifests. */
export function materialFolder(): string {
  return ownFolder('sandbox')
}
