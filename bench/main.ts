import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../src/cluster/index.ts'
import { startControlPlane } from './control-plane/start.ts'
import { openAudit } from './measure/audit.ts'
import { measureAll } from './measure-all.ts'
import { readOptions } from './options.ts'
import { findPeers } from './peers/find.ts'
import { ratioTable } from './results/ratio-table.ts'
import { tableText } from './results/table.ts'

/** Times slipway, its peers and the limit side by side on one control plane: npm run bench */

const options = readOptions(process.argv.slice(2))
const interrupted = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => interrupted.abort(new Error(`ended by ${name}`)))

const onProgress = (message: string) => process.stderr.write(`${message}\n`)
const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
try {
  await onControlPlane(interrupted.signal)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function onControlPlane(signal: AbortSignal): Promise<void> {
  const { sandbox, auditLog, stop } = await startControlPlane({ folder, signal, onProgress })
  try {
    const { kubeconfig, context } = sandbox
    const cluster = await connect({ kubeconfig, context, signal })
    const names = options.tools.map(({ name }) => name)
    const found = await findPeers(names, sandbox, onProgress)
    const bench = { sandbox, cluster, audit: openAudit(auditLog), folder, signal, onProgress }
    const results = await measureAll(bench, found, options)
    console.log(tableText(ratioTable(results)))
    cluster.close()
  } finally {
    await stop()
  }
}
