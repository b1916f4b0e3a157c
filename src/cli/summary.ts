import { appendFile } from 'node:fs/promises'
import type { Terminal } from './terminal.ts'

/** Adds to the page of the run in GitHub Actions; elsewhere nothing. */
export async function appendSummary(markdown: string, { env }: Terminal): Promise<void> {
  const file = env['GITHUB_STEP_SUMMARY']
  if (file) await appendFile(file, `${markdown}\n`)
}
