import { rmSync } from 'node:fs'
import path from 'node:path'
import { withdrawContext } from './kubeconfig/publish.ts'
import { readKubeconfig, userKubeconfigs } from './kubeconfig/files.ts'
import { withLock } from './lock.ts'
import { checkName, contextOf, DEFAULT_NAME, stateDirectoryOf, stateFolder } from './places.ts'
import { killProcesses } from './processes.ts'
import { readRecord } from './record.ts'
import { status } from './status.ts'

export interface DownOptions {
  name?: string | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((message: string) => void) | undefined
}

/** Ends every process of the sandbox, deletes its data and takes its context out of the kubeconfig. Fine when there is none. */
export async function down({
  name = DEFAULT_NAME,
  signal,
  onProgress = () => {},
}: DownOptions = {}): Promise<void> {
  await withLock(lockOf(checkName(name)), { signal }, async () => {
    if (status({ name }).state === 'absent') {
      onProgress(`there is no sandbox "${name}"`)
    } else {
      await removeSandbox(name)
      onProgress(`sandbox "${name}" is down`)
    }
  })
}

export function lockOf(name: string): string {
  return path.join(stateFolder(), `${name}.lock`)
}

/** The same for a caller that holds the lock: also what `up` does with leftovers and after a failure. */
export async function removeSandbox(name: string): Promise<void> {
  const stateDirectory = stateDirectoryOf(name)
  const published = readRecord(name)?.kubeconfigs ?? []
  await killProcesses(stateDirectory)
  for (const context of published) await withdrawContext(contextOf(name), context)
  // A start that was killed after publishing left no record.
  for (const file of userKubeconfigs().filter(mentions(contextOf(name)))) {
    await withdrawContext(contextOf(name), { file, created: false })
  }
  rmSync(stateDirectory, { recursive: true, force: true, maxRetries: 3 })
}

// A kubeconfig without our context is left alone, whatever else is the matter with it.
function mentions(context: string): (file: string) => boolean {
  return file => {
    try {
      return readKubeconfig(file).includes(`name: ${context}`)
    } catch {
      return false
    }
  }
}
