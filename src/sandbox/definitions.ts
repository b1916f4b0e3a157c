import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { applyOwn, runKubectl, type Kubectl } from './kubectl.ts'

const TIMEOUT_SECONDS = 120
const PAUSE_MS = 100

/** The files below a folder that define kinds: beside them modules have kustomizations, policies and the like. */
export function definitionFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(file => path.join(folder, file))
    .filter(file => file.endsWith('.yaml') && definedIn(file) !== undefined)
    .toSorted()
}

/** Applies definitions and waits until their kinds are served. */
export async function applyDefinitions(
  kubectl: Kubectl,
  files: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const list = files.flatMap(file => ['-f', file])
  await applyOwn(kubectl, list, { signal })
  const deadline = Date.now() + TIMEOUT_SECONDS * 1000
  // By name: kubectl would read megabytes again.
  const names = files.map(file => `customresourcedefinition/${definedIn(file)}`)
  const wait = ['wait', '--for=condition=Established', `--timeout=${TIMEOUT_SECONDS}s`, ...names]
  for (;;) {
    try {
      await runKubectl(kubectl, wait, { signal })
      return
    } catch (error) {
      // kubectl gives up on a definition that has no status yet.
      if (signal?.aborted === true || Date.now() > deadline) throw error
    }
    await sleep(PAUSE_MS, undefined, { signal })
  }
}

/** The name of the definition that a file holds. */
function definedIn(file: string): string | undefined {
  const text = readFileSync(file, 'utf8')
  if (!/^kind: CustomResourceDefinition$/m.test(text)) return undefined
  return /^metadata:\n(?: {4}.*\n| {2}(?!name:).*\n)* {2}name: (\S+)$/m.exec(text)?.[1]
}
