import { createInterface } from 'node:readline'
import { failure } from '../problem/index.ts'
import { outgoing } from '../report/index.ts'
import type { Terminal } from './terminal.ts'

/**
 * Asks the next line, trimmed; lines typed ahead count. Throws a problem when the input has ended (Ctrl-D), and the
 * signal's reason after an interrupt.
 */
type Ask = (prompt: string) => Promise<string>

/** One reader for all questions of a command: a second one would miss what the first has read ahead. */
export async function withQuestions<Result>(
  { signal, draw }: Terminal,
  work: (ask: Ask) => Promise<Result>,
): Promise<Result> {
  const reading = createInterface({ input: process.stdin, output: process.stderr, signal })
  let isOpen = true
  reading.on('close', () => (isOpen = false))
  // While lines are edited, Ctrl-C is a key; as a signal it interrupts here as everywhere.
  reading.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  // It keeps lines that nobody has asked for yet, and ends with the input or at the interrupt.
  const lines = reading[Symbol.asyncIterator]()
  const ask: Ask = async prompt => {
    reading.setPrompt(outgoing(prompt, false))
    if (isOpen) reading.prompt()
    const { done, value } = await lines.next()
    if (done === true) draw('\n')
    signal.throwIfAborted()
    if (done === true) throw inputEnded(prompt)
    return value.trim()
  }
  try {
    return await work(ask)
  } finally {
    reading.close()
  }
}

function inputEnded(prompt: string): Error {
  const [question = ''] = prompt.split(' [')
  return failure('usage', `the input ended before an answer to "${question}"`, {
    remedy: 'Answer every question, or give the answers as flags.',
  })
}
