import { checkAsked } from './asked-versions.ts'
import { down, type DownOptions } from './down.ts'
import type { Sandbox } from './sandbox.ts'
import { up, type UpOptions } from './up.ts'

export { parseAddons } from './addons.ts'
export { down } from './down.ts'
export { cacheFolder } from './places.ts'
export { servePods } from './play.ts'
export type { Sandbox } from './sandbox.ts'
export { status } from './status.ts'
export { withThrowAway } from './throw-away.ts'
export type { ComponentStatus, SandboxStatus } from './status.ts'
export { up } from './up.ts'
export { defaultKserve, defaultKubernetes, kserveVersions, kubernetesVersions } from './versions.ts'
export type { DownOptions, UpOptions }

/** A fresh sandbox in the place of whatever there is. */
export async function reset(options: UpOptions = {}): Promise<Sandbox> {
  const { name, signal, onProgress } = options
  checkAsked(options)
  await down({ name, signal, onProgress })
  return await up(options)
}
