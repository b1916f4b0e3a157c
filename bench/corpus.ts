/** What `slipway import` makes of the manifests in a folder, as a table: npm run corpus -- FOLDER [--runtimes FOLDER] [--kubeconfig FILE --context NAME].
 * Models with a format are served by the runtimes of that folder, else by KServe's own. */
import { parseArgs } from 'node:util'
import { connect, type Cluster } from '../src/cluster/index.ts'
import { withThrowAway } from '../src/sandbox/index.ts'
import { adopt, type Row } from './corpus/adopt.ts'
import { readManifests } from './corpus/manifests.ts'
import { readRuntimes } from './corpus/runtimes.ts'
import { tableOf } from './corpus/table.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kubeconfig: { type: 'string' },
    context: { type: 'string' },
    runtimes: { type: 'string' },
  },
})
const [folder] = positionals
if (folder === undefined) throw new Error('Name a folder: npm run corpus -- FOLDER')
const all = await readManifests(folder)
const runtimes = await readRuntimes(values.runtimes)
const options = { name: `corpus-${process.pid}`, kserve: true }
const { kubeconfig, context } = values
async function rowsOn(where: { kubeconfig: string; context?: string }): Promise<Row[]> {
  const cluster = await connect(where)
  try {
    return await adoptAll(cluster)
  } finally {
    cluster.close()
  }
}

async function adoptAll(cluster: Cluster): Promise<Row[]> {
  const found: Row[] = []
  for (const manifests of all) found.push(...(await adopt(cluster, manifests, runtimes)))
  return found
}

const rows =
  kubeconfig === undefined
    ? await withThrowAway(options, async sandbox => rowsOn(sandbox))
    : await rowsOn({ kubeconfig, ...(context === undefined ? {} : { context }) })
process.stdout.write(tableOf(rows))
