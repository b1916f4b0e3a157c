import { asProblem, ClusterError } from '../../cluster/index.ts'
import { refOf, type KubeObject } from '../../object/index.ts'
import type { Run } from '../run.ts'

/** What came of making again what had been deleted. */
export type Restored =
  | { type: 'restored' }
  | { type: 'refused'; why: string }
  | { type: 'not asked' }

/** Makes again what was deleted for something that is refused, where that was asked for (R6). */
export async function restore(
  { cluster, watching, options, emit }: Run,
  endpoint: string,
  manifest: KubeObject | undefined,
): Promise<Restored> {
  if (!options.restoreReplaced || manifest === undefined) return { type: 'not asked' }
  try {
    watching.note(await cluster.apply(manifest))
    emit({ type: 'written', outcome: 'restored', ref: refOf(manifest), endpoint })
    return { type: 'restored' }
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
    return { type: 'refused', why: asProblem(error).message }
  }
}

/** As the end of a message. */
export function restoredText(restored: Restored): string {
  if (restored.type === 'restored') return '; what was there before was created again'
  return restored.type === 'refused'
    ? `; what was there before could not be created, either: ${restored.why}`
    : ''
}
