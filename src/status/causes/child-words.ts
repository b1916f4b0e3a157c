import { exitMeaning } from './exit-code.ts'
import type { Bearing } from './model-words.ts'
import type { Words } from './remedies.ts'

/** How a server tells that a signal ended one of its processes: by its number, by its name, or in the words of the C library. */
const SIGNALS: [number: number, name: string, words: string][] = [
  [4, 'SIGILL', 'Illegal instruction'],
  [6, 'SIGABRT', 'Aborted \\(core dumped\\)'],
  [7, 'SIGBUS', 'Bus error'],
  [11, 'SIGSEGV', 'Segmentation fault'],
]

/**
 * What a container ends by if the process is its first, a server tells of its children: text-generation-inference, launcher/src/main.rs; Python's
 * subprocess, multiprocessing and faulthandler; Go's runtime; bash.
 */
export const CHILD_WORDS: Words<Bearing>[] = SIGNALS.map(([number, name, words]) => {
  const { text, remedy } = exitMeaning({ exitCode: 128 + number })
  return [
    new RegExp(
      `\\bsignal:? ${number}\\b|\\bexit ?code:? -${number}\\b|\\bexited with code -${number}\\b|\\b${name}\\b|\\b${words}`,
    ),
    `one of its processes ended by ${text}`,
    remedy,
  ]
})
