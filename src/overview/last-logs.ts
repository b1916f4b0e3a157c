import type { Cluster } from '../cluster/index.ts'
import type { KubeObject } from '../object/index.ts'
import { logEvidence, wantedLogs } from '../status/index.ts'

/** The logs of containers that crashed or do not become ready, where they say more than their pods do, as evidence; what cannot be read is left out. */
export async function readLastLogs(
  cluster: Cluster,
  pods: readonly KubeObject[],
): Promise<KubeObject[]> {
  const logs = await Promise.all(
    wantedLogs(pods, cluster.serverTime().toISOString()).map(async wanted => {
      const text = await cluster.logs(wanted).catch(() => '')
      return text.trim() === '' ? [] : [logEvidence(wanted, text)]
    }),
  )
  return logs.flat()
}
