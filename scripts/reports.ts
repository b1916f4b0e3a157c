/** Prints how well each recorded situation is explained, 0 to 3, and the total: npm run reports. */
import { readReports } from '../test/reports/read.ts'
import { BEST, scoreOf } from '../test/reports/score.ts'

const scores = readReports().map(report => ({ name: report.name, ...scoreOf(report) }))
const total = scores.reduce((sum, { points }) => sum + points, 0)
const lines = scores.map(({ name, points, why }) => [points, name, ...why].join('  '))
process.stdout.write(`${[...lines, `${total} of ${scores.length * BEST}`].join('\n')}\n`)
