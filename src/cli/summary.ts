import { appendFile } from 'node:fs/promises'
import type { Terminal } from './terminal.ts'

/** Adds to the page of the run in GitHub Actions; elsewhere nothing. What it is about has happened: a full disk does not undo it. */
export async function appendSummary(markdown: string, { env, err }: Terminal): Promise<void> {
  const file = env['GITHUB_STEP_SUMMARY']
  if (!file) return
  await appendFile(file, `${markdown}\n`).catch((error: Error) => {
    err(`The summary could not be written: ${error.message}\n`)
  })
}
