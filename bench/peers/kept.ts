import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheFolder } from '../../src/sandbox/index.ts'

/** An executable of the cache, made where it is missing; it appears there only when it is complete. */
export async function keep(
  name: string,
  inputs: readonly (Buffer | string)[],
  make: () => Promise<Buffer>,
): Promise<string> {
  const hash = createHash('sha256')
  for (const input of inputs) hash.update(input)
  const file = join(dirname(cacheFolder()), 'bench', `${name}-${hash.digest('hex').slice(0, 12)}`)
  if (existsSync(file)) return file
  const unfinished = `${file}.${process.pid}`
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(unfinished, await make(), { mode: 0o755 })
    renameSync(unfinished, file)
  } finally {
    rmSync(unfinished, { force: true })
  }
  return file
}
