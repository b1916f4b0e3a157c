import { styleText } from 'node:util'

export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'

/** Colours a text, or returns it as it is. */
export type Paint = (colour: Colour, text: string) => string

export const plain: Paint = (_colour, text) => text

export function painter(colours: boolean): Paint {
  if (!colours) return plain
  // The decision is ours (wantsColour), so styleText must not look at a stream.
  return (colour, text) => styleText(colour, text, { validateStream: false })
}

/**
 * Whether to colour: the flag, then FORCE_COLOR, then NO_COLOR (https://no-color.org),
 * then whether the stream is a terminal.
 */
export function wantsColour({
  flag,
  env,
  isTerminal,
}: {
  flag: boolean
  env: Record<string, string | undefined>
  isTerminal: boolean
}): boolean {
  if (!flag) return false
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: terminal } = env
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false'
  if (no !== undefined && no !== '') return false
  return isTerminal && terminal !== 'dumb'
}

export const SYMBOLS = {
  done: '✓',
  failed: '✗',
  forced: '!',
  running: '…',
  skipped: '-',
  arrow: '→',
} as const
