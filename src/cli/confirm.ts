import { failure } from '../problem/index.ts'
import type { Terminal } from './terminal.ts'

/** Asks on a terminal; true only for a yes. */
export async function confirm(question: string, terminal: Terminal): Promise<boolean> {
  const { withQuestions } = await import('./ask.ts')
  return withQuestions(terminal, async ask => /^y(es)?$/i.test(await ask(`${question} [y/N] `)))
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
