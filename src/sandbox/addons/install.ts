import { setTimeout as sleep } from 'node:timers/promises'
import type { Kubectl } from '../kubectl.ts'
import { runKubectl } from '../kubectl.ts'
import type { AddonName } from './catalogue.ts'
import { addonOf } from './catalogue.ts'
import type { DefinitionsOptions } from './definitions.ts'
import { findDefinitions } from './definitions.ts'

const ESTABLISH_TIMEOUT_SECONDS = 60
const PAUSE_MS = 200

/** Installs the definitions of add-ons and waits until their kinds are served. */
export async function installAddons(
  kubectl: Kubectl,
  names: readonly AddonName[],
  options: DefinitionsOptions,
): Promise<void> {
  for (const name of names) {
    const folder = await findDefinitions(addonOf(name), options)
    options.onProgress(`installing the definitions of ${name}`)
    await runKubectl(kubectl, ['apply', '--server-side', '-f', folder], options)
    await waitUntilEstablished(kubectl, folder, options.signal)
  }
}

// `kubectl wait` fails at once when it meets a definition that has no status yet.
async function waitUntilEstablished(
  kubectl: Kubectl,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = Date.now() + ESTABLISH_TIMEOUT_SECONDS * 1000
  const wait = ['wait', '--for=condition=Established', '--timeout=5s', '-f', folder]
  for (;;) {
    try {
      await runKubectl(kubectl, wait, { signal })
      return
    } catch (error) {
      if (signal?.aborted === true || Date.now() > deadline) throw error
    }
    await sleep(PAUSE_MS, undefined, { signal })
  }
}
