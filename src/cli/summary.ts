import { appendFile, stat } from 'node:fs/promises'
import type { Terminal } from './terminal.ts'

/** The page of a step takes 1 MiB; of more, GitHub shows nothing at all. */
const MOST_BYTES = 1024 * 1024
const NOTE = '\n> There is more than this page takes: see the log.\n'

/** Adds to the page of the run in GitHub Actions; elsewhere nothing. What it is about has happened: a full disk does not undo it. */
export async function appendSummary(markdown: string, { env, err }: Terminal): Promise<void> {
  const file = env['GITHUB_STEP_SUMMARY']
  if (!file) return
  try {
    const { size } = await stat(file).catch(() => ({ size: 0 }))
    await appendFile(file, textWithin(`${markdown}\n`, MOST_BYTES - size))
  } catch (error) {
    err(`The summary could not be written: ${(error as Error).message}\n`)
  }
}

/** Earlier commands of the step have written, too. */
function textWithin(text: string, bytes: number): string {
  const note = Buffer.byteLength(NOTE)
  if (Buffer.byteLength(text) + note <= bytes) return text
  return note <= bytes ? NOTE : ''
}
