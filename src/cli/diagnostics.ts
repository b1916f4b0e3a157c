import { resolve } from 'node:path'
import type { Cluster } from '../cluster/index.ts'
import type { Bundle } from '../doctor/index.ts'
import { writeInside } from '../files/index.ts'
import { cleanText, toSafeJson } from '../foreign/index.ts'
import type { Plan } from '../plan/index.ts'
import { bundleAsMarkdown, bundleAsText } from '../report/index.ts'
import type { OptionTable } from './options.ts'
import type { Terminal } from './terminal.ts'

/** Of commands that may find an endpoint in trouble. */
export const DIAGNOSTICS = {
  'diagnostics-dir': {
    type: 'string',
    requiresArg: true,
    describe: 'Write objects, events and logs of each endpoint in trouble into this folder',
  },
} as const satisfies OptionTable

/** More than these say the same again, unless somebody wants all of them on disk. */
const MOST_TOLD = 5

export interface FailedEndpoints {
  cluster: Cluster
  plan: Plan
  endpoints: readonly string[]
  folder: string | undefined
  terminal: Terminal
}

/** What is known of endpoints that failed in an apply. After an interruption nothing more is read. */
export async function diagnoseFailed(failed: FailedEndpoints): Promise<Bundle[]> {
  const { cluster, plan, folder, terminal } = failed
  const names = [...new Set(failed.endpoints)]
  const chosen = folder === undefined ? names.slice(0, MOST_TOLD) : names
  if (terminal.signal.aborted || chosen.length === 0) return []
  const { gatherBundles } = await import('../doctor/index.ts')
  const questions = chosen.map(endpoint => {
    const desired = plan.endpoints.find(({ name }) => name === endpoint)?.objects ?? []
    return { endpoint, namespace: desired[0]?.metadata.namespace ?? plan.parent.namespace, desired }
  })
  const bundles = await gatherBundles(cluster, questions)
  await writeBundles(bundles, folder, terminal)
  return bundles
}

/** A folder for each endpoint; tells where. What happened is not undone by a full disk. */
export async function writeBundles(
  bundles: readonly Bundle[],
  folder: string | undefined,
  { err, advised }: Pick<Terminal, 'err' | 'advised'>,
): Promise<void> {
  if (folder === undefined || bundles.length === 0) return
  try {
    for (const bundle of bundles) await writeBundle(advised(bundle), folder)
    err(
      `Diagnostics of ${bundles.map(({ endpoint }) => endpoint).join(', ')} are in ${resolve(folder)}\n`,
    )
  } catch (error) {
    err(`The diagnostics could not be written: ${(error as Error).message}\n`)
  }
}

async function writeBundle(bundle: Bundle, folder: string): Promise<void> {
  const { objects, logs, status } = bundle
  const items = { apiVersion: 'v1', kind: 'List', items: objects }
  const files: Record<string, string> = {
    'diagnosis.md': bundleAsMarkdown(bundle),
    'diagnosis.txt': bundleAsText(bundle),
    'status.json': `${toSafeJson(status, 2)}\n`,
    'objects.json': `${toSafeJson(items, 2)}\n`,
  }
  for (const { pod, container, previous, text } of logs)
    files[`logs/${named(`${pod}.${container}`)}${previous ? '.previous' : ''}.log`] =
      `${cleanText(text)}\n`
  for (const [name, text] of Object.entries(files))
    await writeInside({ folder, path: `${named(bundle.endpoint)}/${name}`, text })
}

/** Names come from the cluster: none of them is a path. */
function named(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '_').replace(/^\.+$/, '_')
}
