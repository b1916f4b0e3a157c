import { OPERATIONS, type Operation } from '../peers/peer.ts'
import { TITLES } from './ratio-table.ts'
import type { Results } from './results.ts'
import { logScale, sizesOf, type Scale } from './scale.ts'
import { secondsOf } from './targets.ts'

/** Colours that are told apart by everybody (Okabe and Ito); slipway's is the strongest. */
const COLOURS: Record<string, string> = {
  slipway: '#d55e00',
  'single-file': '#e69f00',
  raw: '#999999',
  kapp: '#0072b2',
  flux: '#009e73',
  kubectl: '#cc79a7',
  helm: '#56b4e9',
}

const PANEL = { width: 300, height: 210, left: 44, right: 12, top: 30, bottom: 30 }
const COLUMNS = 3
const LEGEND = 34

/** Wall time over the number of endpoints, both on logarithmic axes, one panel per operation. */
export function plotText(results: Results): string {
  const tools = Object.keys(COLOURS).filter(tool => tool in results.versions)
  const width = PANEL.width * COLUMNS
  const height = LEGEND + PANEL.height * Math.ceil(OPERATIONS.length / COLUMNS)
  const panels = OPERATIONS.map((operation, index) => {
    const x = (index % COLUMNS) * PANEL.width
    const y = LEGEND + Math.floor(index / COLUMNS) * PANEL.height
    return `<g transform="translate(${x} ${y})">\n${panel(results, operation, tools)}\n</g>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="11">`,
    '<title>Wall seconds over the number of endpoints, for each tool</title>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    legend(tools),
    ...panels,
    '</svg>\n',
  ].join('\n')
}

function legend(tools: readonly string[]): string {
  const entries = tools.map((tool, index) => {
    const x = PANEL.left + index * 90
    return `<path d="M${x} 18h18" stroke="${COLOURS[tool]}" stroke-width="3"/><text x="${x + 24}" y="22">${tool}</text>`
  })
  return entries.join('\n')
}

function panel(results: Results, operation: Operation, tools: readonly string[]): string {
  const sizes = sizesOf(results)
  const lines = tools.map(tool => ({ tool, points: pointsOf(results, operation, tool) }))
  const seconds = lines.flatMap(({ points }) => points.map(point => point.seconds))
  const x = logScale(sizes, [PANEL.left, PANEL.width - PANEL.right])
  const y = logScale(seconds, [PANEL.height - PANEL.bottom, PANEL.top])
  return [
    `<text x="${PANEL.left}" y="16" font-weight="600">${TITLES[operation]}, seconds</text>`,
    ...y.ticks.map(tick => horizontal(tick, y)),
    ...sizes.map(size => vertical(size, x)),
    ...lines.map(({ tool, points }) => curve(tool, points, { x, y })),
  ].join('\n')
}

interface Point {
  endpoints: number
  seconds: number
}

function pointsOf(results: Results, operation: Operation, tool: string): Point[] {
  return sizesOf(results).flatMap(endpoints => {
    const seconds = secondsOf(results, tool, { endpoints, operation })
    return seconds === undefined ? [] : [{ endpoints, seconds }]
  })
}

function horizontal(seconds: number, { at }: Scale): string {
  const y = at(seconds)
  return `<path d="M${PANEL.left} ${y}H${PANEL.width - PANEL.right}" stroke="#ddd"/><text x="${PANEL.left - 6}" y="${y + 4}" text-anchor="end">${seconds}</text>`
}

function vertical(endpoints: number, { at }: Scale): string {
  const bottom = PANEL.height - PANEL.bottom
  const x = at(endpoints)
  return `<path d="M${x} ${PANEL.top}V${bottom}" stroke="#eee"/><text x="${x}" y="${bottom + 16}" text-anchor="middle">${short(endpoints)}</text>`
}

/** `2k` for 2,000: labels stand close together. */
const short = (count: number) => (count % 1000 === 0 ? `${count / 1000}k` : String(count))

function curve(tool: string, points: readonly Point[], { x, y }: { x: Scale; y: Scale }): string {
  const places = points.map(({ endpoints, seconds }) => `${x.at(endpoints)} ${y.at(seconds)}`)
  if (places.length === 0) return ''
  const colour = COLOURS[tool]
  const dots = points.map(
    ({ endpoints, seconds }) =>
      `<circle cx="${x.at(endpoints)}" cy="${y.at(seconds)}" r="2.5" fill="${colour}"/>`,
  )
  const width = tool === 'slipway' ? 2.5 : 1.5
  return `<path d="M${places.join('L')}" fill="none" stroke="${colour}" stroke-width="${width}"/>${dots.join('')}`
}
