import { createInterface } from 'node:readline/promises'
import type { Terminal } from './terminal.ts'

/** Asks on a terminal; an empty answer is the usual one. */
export async function ask(question: string, usual: string, { signal }: Terminal): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await asking.question(`${question} [${usual}]: `, { signal })
    return answer.trim() === '' ? usual : answer.trim()
  } finally {
    asking.close()
  }
}
