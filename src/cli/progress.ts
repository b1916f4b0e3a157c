import type { Course } from '../delivery/index.ts'
import { jsonView, lineView, liveView, type ApplyView } from '../report/index.ts'
import type { Terminal } from './terminal.ts'

const TICK_MS = 1000

/** Shows events on stderr while work goes on: drawn on a terminal, lines elsewhere, JSON lines on request. */
export async function showProgress<Result>(
  terminal: Terminal,
  work: (course: Course) => Promise<Result>,
): Promise<Result> {
  const view = viewFor(terminal)
  let ticker = startTicking(view, terminal)
  const stop = () => {
    clearInterval(ticker)
    view.end()
    terminal.drawOn(undefined)
  }
  const paused: Course['paused'] = async other => {
    stop()
    try {
      return await other()
    } finally {
      ticker = startTicking(view, terminal)
    }
  }
  try {
    return await work({ onEvent: event => view.onEvent(terminal.advised(event)), paused })
  } finally {
    stop()
  }
}

function startTicking(view: ApplyView, { drawOn }: Terminal): NodeJS.Timeout {
  drawOn(view.above)
  return setInterval(() => view.tick(Date.now()), TICK_MS)
}

function viewFor({ logFormat, paintErr, canRedraw, size, ...terminal }: Terminal): ApplyView {
  if (logFormat === 'json') return jsonView(terminal.writeSoon)
  return canRedraw
    ? liveView({ write: terminal.draw, paint: paintErr, size })
    : lineView(terminal.writeSoon, paintErr)
}
