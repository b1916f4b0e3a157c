import test, { type ExecutionContext } from 'ava'
import { passGate, oneNumber, type Gate } from '../../src/revisions/canary/gate.ts'
import { problemOf } from '../git/playground.ts'
import { anHttpServer, json } from '../support/http-server.ts'

/** A gate asks Prometheus for one number, and lets nothing pass that it does not know. */

const vector = (...values: string[]) => ({
  status: 'success',
  data: { resultType: 'vector', result: values.map(value => ({ metric: {}, value: [1, value] })) },
})
const scalar = (value: string) => ({
  status: 'success',
  data: { resultType: 'scalar', result: [1, value] },
})

const number = test.macro((t, answer: unknown, expected: number | string) => {
  t.is(oneNumber(answer), expected)
})
test('a sample', number, vector('0.25'), 0.25)
test('a scalar', number, scalar('3'), 3)
test('infinity', number, vector('+Inf'), Infinity)
test('a rate of nothing', number, vector('NaN'), 'the answer is not a number')
test('nothing', number, vector(), 'there is no data for it')
test('several', number, vector('1', '2'), 'the answer has 2 numbers, not one')
test(
  'a range',
  number,
  { data: { resultType: 'matrix', result: [] } },
  'the answer is not a number',
)
test('something else', number, 'text', 'the answer is not a number')

async function asked(t: ExecutionContext, bounds: Partial<Gate>, answer: unknown, status = 200) {
  const query = 'sum(rate(errors[5m]))'
  const path = `GET /prom/api/v1/query?query=${encodeURIComponent(query).replaceAll('%20', '+')}`
  const server = await anHttpServer(t as never, {
    [path.replaceAll('(', '%28').replaceAll(')', '%29')]: json(answer, status),
  })
  const serverAddress = `http://127.0.0.1:${server.port}/prom/`
  const gate = { prometheus: { serverAddress, query }, ...bounds }
  return passGate({ gate, endpoint: 'chat', place: undefined })
}

test('a number within its bounds passes', async t => {
  t.is(await asked(t, { max: 0.5 }, vector('0.5')), 0.5)
  t.is(await asked(t, { min: 0.5, max: 2 }, scalar('1')), 1)
})

test('one beyond them does not', async t => {
  const { message, code, cause } = await problemOf(t, asked(t, { max: 0.01 }, vector('0.02')))
  t.is(message, "the gate of chat's canary is closed: the answer is 0.02, above max 0.01")
  t.is(code, 'guard')
  t.is(cause, 'It asks sum(rate(errors[5m])).')
  const below = await problemOf(t, asked(t, { min: 5 }, vector('0')))
  t.regex(below.message, /the answer is 0, below min 5$/)
})

test('who does not answer lets nothing pass', async t => {
  t.regex((await problemOf(t, asked(t, { max: 1 }, {}, 500))).message, /gives no answer \(HTTP 500/)
  const gate = { prometheus: { serverAddress: 'http://127.0.0.1:9', query: 'up' }, max: 1 }
  const problem = await problemOf(t, passGate({ gate, endpoint: 'chat', place: undefined }))
  t.regex(problem.message, /is closed: http:\/\/127\.0\.0\.1:9 gives no answer/)
})
