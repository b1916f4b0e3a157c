import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ExecutionContext } from 'ava'
import type { ProcessJob } from './apply-process.ts'

const PROCESS = resolve(import.meta.dirname, 'apply-process.ts')

/** Starts an apply as a process of its own, to be stopped or killed. */
export async function startApply(t: ExecutionContext, job: ProcessJob) {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-apply-'))
  t.teardown(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'job.json'), JSON.stringify(job))
  const child = spawn(process.execPath, [PROCESS, join(folder, 'job.json')], { stdio: 'inherit' })
  t.teardown(() => child.kill('SIGKILL'))
  return { child, ended: once(child, 'close') }
}
