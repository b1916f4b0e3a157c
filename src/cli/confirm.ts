import { failure } from '../problem/index.ts'
import type { Terminal } from './terminal.ts'

/** Asks on a terminal; true only for a yes. */
export async function confirm(question: string, terminal: Terminal): Promise<boolean> {
  const { openQuestions } = await import('./ask.ts')
  const questions = openQuestions(terminal)
  try {
    return /^y(es)?$/i.test(await questions.ask(`${question} [y/N] `))
  } finally {
    questions.close()
  }
}

/** For what must not happen by accident: --yes, or somebody who says yes. */
export async function confirmOrRefuse(
  question: string,
  { yes, terminal }: { yes: boolean; terminal: Terminal },
): Promise<boolean> {
  if (yes) return true
  if (terminal.isInteractive) return confirm(question, terminal)
  throw failure('usage', 'there is no terminal to ask on, and --yes is not given', {
    remedy: 'Run it with --yes, after looking at what it would do.',
  })
}
