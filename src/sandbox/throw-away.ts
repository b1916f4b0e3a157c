import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { down } from './down.ts'
import type { Sandbox } from './sandbox.ts'
import { up, type UpOptions } from './up.ts'

export type ThrowAwayOptions = Pick<UpOptions, 'kserve' | 'signal' | 'onProgress'> & {
  name: string
}

/** Works with a sandbox of its own that no kubeconfig of the user's names, and that goes whatever happens. */
export async function withThrowAway<Result>(
  options: ThrowAwayOptions,
  work: (sandbox: Sandbox) => Promise<Result>,
): Promise<Result> {
  const { name } = options
  const folder = await mkdtemp(join(tmpdir(), `slipway-${name}-`))
  try {
    return await work(await up({ ...options, kubeconfig: join(folder, 'kubeconfig') }))
  } finally {
    await down({ name })
    await rm(folder, { recursive: true, force: true })
  }
}
