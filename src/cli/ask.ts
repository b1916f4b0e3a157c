import { createInterface } from 'node:readline'
import { failure } from '../problem/index.ts'
import type { Terminal } from './terminal.ts'

/** Somebody on a terminal who is asked one question after another. */
export interface Questions {
  /**
   * The next line, trimmed; lines typed ahead count. Throws a problem when the input has ended (Ctrl-D), and the
   * signal's reason after an interrupt.
   */
  ask: (prompt: string) => Promise<string>
  /** Gives the terminal back; what was typed beyond the last answer is dropped. */
  close: () => void
}

/** One reader for all questions of a command: a second one would miss what the first has read ahead. */
export function openQuestions({ signal, write }: Terminal): Questions {
  const reading = createInterface({ input: process.stdin, output: process.stderr, signal })
  // In raw mode Ctrl-C is a key; as a signal it interrupts here as everywhere.
  reading.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  // It keeps lines that nobody has asked for yet, and ends with the input or the interrupt.
  const lines = reading[Symbol.asyncIterator]()
  return {
    ask: async prompt => {
      reading.setPrompt(prompt)
      if (!isClosed(reading)) reading.prompt()
      const { done, value } = await lines.next()
      if (done !== true) return value.trim()
      write('\n')
      signal.throwIfAborted()
      throw inputEnded(prompt)
    },
    close: () => reading.close(),
  }
}
