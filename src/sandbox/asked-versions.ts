import { failure } from '../problem/index.ts'
import type { SandboxRecord } from './record.ts'
import { controlPlane, kserveModule, plainVersion } from './versions.ts'

/** The versions that `up` is asked for; nothing where any will do. */
export interface Asked {
  name?: string | undefined
  kubernetes?: string | undefined
  kserve?: string | boolean | undefined
}

export function wantsKserve({ kserve = false }: Asked): boolean {
  return kserve !== false
}

/** Throws for a version that the sandbox does not know, before anything is done. */
export function checkAsked(asked: Asked): void {
  versionsIn(asked)
}

/** Throws when a sandbox runs in other versions than it is asked for. */
export function checkRunning(asked: Asked, running: SandboxRecord): void {
  const { kubernetes, kserve } = versionsIn(asked)
  const found = running.kserve?.version
  if (kubernetes !== undefined && kubernetes !== running.kubernetes) {
    throw otherVersion(running.name, `Kubernetes ${running.kubernetes}`, kubernetes)
  }
  if (kserve !== undefined && found !== undefined && kserve !== found) {
    throw otherVersion(running.name, `KServe ${found}`, kserve)
  }
}

function versionsIn({ kubernetes, kserve }: Asked) {
  return {
    kubernetes: kubernetes === undefined ? undefined : plainVersion(controlPlane(kubernetes)[0]),
    kserve: typeof kserve === 'string' ? plainVersion(kserveModule(kserve)) : undefined,
  }
}

function otherVersion(name: string, runs: string, asked: string) {
  return failure('sandbox', `the sandbox "${name}" runs ${runs}, not ${asked}`, {
    remedy:
      'Replace it with `slipway sandbox reset` and the same options, or start another one beside it with --name.',
  })
}
