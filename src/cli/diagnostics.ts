import { resolve } from 'node:path'
import type { Bundle } from '../doctor/index.ts'
import { writeInside } from '../files/index.ts'
import { bundleFiles } from '../report/index.ts'
import { textFlag, type OptionTable } from './options.ts'
import type { Terminal } from './terminal.ts'

/** Of commands that may find an endpoint in trouble. */
export const DIAGNOSTICS = {
  'diagnostics-dir': textFlag(
    'Write objects, events and logs of each endpoint in trouble into this folder',
  ),
} as const satisfies OptionTable

/** A folder for each endpoint; tells where. What happened is not undone by a full disk. */
export async function writeBundles(
  bundles: readonly Bundle[],
  folder: string | undefined,
  { err, advised }: Pick<Terminal, 'err' | 'advised'>,
): Promise<void> {
  if (folder === undefined || bundles.length === 0) return
  try {
    for (const bundle of bundles)
      for (const [path, text] of Object.entries(bundleFiles(advised(bundle))))
        await writeInside({ folder, path, text })
    err(
      `Diagnostics of ${bundles.map(({ endpoint }) => endpoint).join(', ')} are in ${resolve(folder)}\n`,
    )
  } catch (error) {
    err(`The diagnostics could not be written: ${(error as Error).message}\n`)
  }
}
