import type { ApplyEvent } from '../apply/index.ts'
import { jsonView, lineView, liveView } from '../report/index.ts'
import type { ApplyView } from '../report/index.ts'
import type { Terminal } from './terminal.ts'

const TICK_MS = 1000

/** Shows events on stderr while work goes on: drawn on a terminal, lines elsewhere, JSON lines on request. */
export async function showProgress<Result>(
  terminal: Terminal,
  work: (onEvent: (event: ApplyEvent) => void) => Promise<Result>,
): Promise<Result> {
  const view = viewFor(terminal)
  const ticker = setInterval(() => view.tick(Date.now()), TICK_MS)
  try {
    return await work(view.onEvent)
  } finally {
    clearInterval(ticker)
    view.end()
    terminal.drawOn(undefined)
  }
}

function viewFor(terminal: Terminal): ApplyView {
  const { err, logFormat, paintErr, canRedraw, size, drawOn } = terminal
  if (logFormat === 'json') return jsonView(err)
  if (!canRedraw) return lineView(err, paintErr)
  const write = (text: string) => raw(text)
  const view = liveView({ write, paint: paintErr, size })
  const raw = drawOn(view.above)
  return view
}
