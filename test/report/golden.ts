import type { ExecutionContext } from 'ava'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Compares with a file that people can read; `UPDATE_GOLDEN=1 npx ava test/report` rewrites it. */
export function isGolden(t: ExecutionContext, file: string, text: string): void {
  const path = join(import.meta.dirname, 'golden', file)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text)
  t.is(text, readFileSync(path, 'utf8'))
}
