import type { Row } from './adopt.ts'

const STATES = ['as it is', 'with changes', 'not at all', 'refused by the server'] as const

/** A line for each workload, and the numbers by kind below. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ file, kind, state, reasons }) =>
    [`${file}  ${kind}  ${state}`, ...reasons.map(reason => `    ${reason}`)].join('\n'),
  )
  return [...lines, '', ...countsOf(rows), ''].join('\n')
}

function countsOf(rows: readonly Row[]): string[] {
  const kinds = [...new Set(rows.map(({ kind }) => kind))].toSorted()
  return kinds.map(kind => {
    const own = rows.filter(row => row.kind === kind)
    const counts = STATES.map(state => {
      const found = own.filter(row => row.state === state)
      return `${found.length} ${state}`
    })
    return `${kind}: ${own.length}, of these ${counts.join(', ')}`
  })
}
