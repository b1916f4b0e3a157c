import test from 'ava'
import { costTable, secondsTable } from '../../bench/results/detail-tables.ts'
import { plotText } from '../../bench/results/plot.ts'
import { ratioTable } from '../../bench/results/ratio-table.ts'
import { newResults, type Cell, type Results } from '../../bench/results/results.ts'
import { tableText } from '../../bench/results/table.ts'
import { isMet } from '../../bench/results/targets.ts'

const AT = { endpoints: 250 }

test('the limit is compared with slipway, and slipway with each peer', t => {
  const results = resultsOf({ raw: [2], slipway: [2.9, 9, 2.4], kapp: [5.8], helm: [29] })
  const row = ratioTable(results).rows.find(([, operation]) => operation === 'first apply')
  t.deepEqual(row, ['250', 'first apply', '≤ 1.25 × raw: missed', '2.90', '1.4', '2.0', '10'])
})

test('a target is met, missed, or cannot be told', t => {
  const place = { ...AT, operation: 'first' } as const
  t.true(isMet(resultsOf({ raw: [2], slipway: [2.5] }), place))
  t.false(isMet(resultsOf({ raw: [2], slipway: [2.6] }), place))
  t.is(isMet(resultsOf({ slipway: [2.6] }), place), undefined)
  const pruning = { ...AT, operation: 'prune' } as const
  const peers = { kapp: [3], helm: [5] }
  t.true(isMet(resultsOf({ slipway: [2.9], ...peers }, 'prune'), pruning))
  t.false(isMet(resultsOf({ slipway: [3.1], ...peers }, 'prune'), pruning))
})

test('the single file meets a target, where it was measured, and the last release is no peer', t => {
  const place = { ...AT, operation: 'noop' } as const
  const results = resultsOf({ slipway: [4], 'single-file': [2], released: [1], kapp: [20] }, 'noop')
  t.true(isMet(results, place))
  const table = ratioTable(results)
  t.deepEqual(table.head.slice(-3), [
    'single-file ÷ slipway',
    'released ÷ slipway',
    'kapp ÷ slipway',
  ])
  t.deepEqual(table.rows[0]?.slice(-3), ['0.50', '0.25', '5.0'])
  t.false(isMet(resultsOf({ slipway: [4], kapp: [20] }, 'noop'), place))
})

test('a tool that failed has no times, and is no peer to be measured by', t => {
  const results = resultsOf({ slipway: [4], kapp: [1], helm: [5] }, 'prune')
  const kapp = results.cells.find(({ tool }) => tool === 'kapp')
  if (kapp !== undefined) kapp.failure = 'after prune: 5 objects too many'
  const row = ratioTable(results).rows.find(([, operation]) => operation?.includes('pruned'))
  t.deepEqual(row?.slice(-2), ['failed', '1.3'])
  t.true(isMet(results, { ...AT, operation: 'prune' }))
})

test('a tool that was ended took at least as long', t => {
  const results = resultsOf({ slipway: [4], kubectl: [] }, 'delete')
  const kubectl = results.cells.find(({ tool }) => tool === 'kubectl')
  Object.assign(kubectl ?? {}, { failure: 'was ended after 1800 s', limitSeconds: 1800 })
  const row = ratioTable(results).rows.find(([, operation]) => operation === 'delete all')
  t.is(row?.at(-1), '> 450')
  t.is(
    secondsTable(results)
      .rows.find(([, tool]) => tool === 'kubectl')
      ?.at(-1),
    '> 1800',
  )
})

test('requests are those of the median run, by verb', t => {
  const results = resultsOf({ slipway: [3, 1, 2] })
  const [row] = costTable(results, 250).rows
  t.is(row?.[5], '1,202 (1,200 patch, 2 list)')
})

test('tables are padded as the formatter does it', t => {
  const text = tableText({ head: ['tool', 's'], rows: [['kubectl', '10.1']], texts: 1 })
  t.is(text, '| tool    |    s |\n| ------- | ---: |\n| kubectl | 10.1 |\n')
})

test('the plot has a line for each tool that was measured', t => {
  const plot = plotText(resultsOf({ slipway: [1], kapp: [2] }))
  t.regex(plot, />slipway<.*>kapp</s)
  t.notRegex(plot, /NaN|undefined|Infinity/)
  t.is(plot.match(/<circle/g)?.length, 2)
})

function resultsOf(
  seconds: Record<string, number[]>,
  operation: Cell['operation'] = 'first',
): Results {
  const cells = Object.entries(seconds).map(([tool, times]) => {
    return { ...AT, tool, operation, samples: times.map(sampleOf) }
  })
  const versions = Object.fromEntries(Object.keys(seconds).map(tool => [tool, 'v1']))
  return { ...newResults(), versions, cells }
}

function sampleOf(seconds: number) {
  return { seconds, cpuSeconds: 1, peakMiB: 100, requests: { list: 2, patch: seconds * 600 } }
}
