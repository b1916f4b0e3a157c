import type { Look, View } from '../report/index.ts'
import type { Terminal } from './terminal.ts'

/** A result on stdout, in one of its views. */
export async function show<Result>(
  view: View<Result>,
  result: Result,
  { terminal, ...given }: Partial<Look> & { terminal: Terminal },
): Promise<void> {
  terminal.out(await view(terminal.advised(result), { ...lookOf(terminal), ...given }))
}

/** How a terminal wants a view to look, where nothing else is known. */
export function lookOf({
  paintOut,
  isOutTerminal,
  size,
}: Pick<Terminal, 'paintOut' | 'isOutTerminal' | 'size'>): Look {
  const look = { paint: paintOut, now: Date.now(), folder: '', subject: '' }
  return isOutTerminal ? { ...look, columns: size().columns } : look
}

/** Of the screen that messages go to; undefined where they go elsewhere. */
export function watchedColumns({
  canRedraw,
  size,
}: Pick<Terminal, 'canRedraw' | 'size'>): number | undefined {
  return canRedraw ? size().columns : undefined
}
