import { appendFile, stat } from 'node:fs/promises'
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

/** The same, and on the page of the run in GitHub Actions; `between` comes after the one and before the other. */
export async function showOnPage<Result, Format extends string>(
  views: Record<Format | 'markdown', View<Result>>,
  output: Format,
  shown: { result: Result; terminal: Terminal; between?: () => void },
): Promise<void> {
  const { result, terminal, between } = shown
  await show(views[output], result, { terminal })
  between?.()
  await appendSummary(await views.markdown(terminal.advised(result), lookOf(terminal)), terminal)
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
