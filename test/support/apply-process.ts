import { readFileSync } from 'node:fs'
import { connect } from '../../src/cluster/index.ts'
import { applyObjects, requestFor, type Objects } from './engine.ts'
import type { ApplyOptions } from '../../src/apply/index.ts'

/** One apply as a process of its own, to be killed: `node apply-process.ts JOB`, JOB being the file of a ProcessJob. */

export interface ProcessJob {
  kubeconfig: string
  namespace: string
  objects: Objects
  options: Partial<ApplyOptions>
}

const job = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as ProcessJob
const cluster = await connect({ kubeconfig: job.kubeconfig })
try {
  await applyObjects({
    cluster,
    request: requestFor(job.namespace, job.objects),
    options: job.options,
    commit: 'b'.repeat(40),
  })
} catch (error) {
  process.stderr.write(`the other apply ended: ${String(error)}\n`)
  process.exitCode = 1
}
cluster.close()
