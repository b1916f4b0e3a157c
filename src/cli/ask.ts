import { createInterface } from 'node:readline'
import { failure } from '../problem/index.ts'
import { outgoing } from '../report/index.ts'
import type { Terminal } from './terminal.ts'

/** Somebody on a terminal who is asked one question after another. */
export interface Questions {
  /**
   * Resolves to the next line, trimmed; lines typed ahead count. Throws a problem when the input has ended (Ctrl-D),
   * and the signal's reason after an interrupt.
   */
  ask: (prompt: string) => Promise<string>
  /** Gives the terminal back. */
  close: () => void
}

/** One reader for all questions of a command: a second one would miss what the first has read ahead. */
export function openQuestions({ signal, draw }: Terminal): Questions {
  const reading = createInterface({ input: process.stdin, output: process.stderr, signal })
  let isOpen = true
  reading.on('close', () => (isOpen = false))
  // While lines are edited, Ctrl-C is a key; as a signal it interrupts here as everywhere.
  reading.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  // It keeps lines that nobody has asked for yet, and ends with the input or at the interrupt.
  const lines = reading[Symbol.asyncIterator]()
  return {
    ask: async prompt => {
      reading.setPrompt(outgoing(prompt, false))
      if (isOpen) reading.prompt()
      const { done, value } = await lines.next()
      if (done === true) draw('\n')
      signal.throwIfAborted()
      if (done === true) throw inputEnded(prompt)
      return value.trim()
    },
    close: () => reading.close(),
  }
}

function inputEnded(prompt: string): Error {
  const [question = ''] = prompt.split(' [')
  return failure('usage', `the input ended before an answer to "${question}"`, {
    remedy: 'Answer every question, or give the answers as flags.',
  })
}
