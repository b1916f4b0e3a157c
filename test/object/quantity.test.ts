import test from 'ava'
import { quantityOf } from '../../src/object/index.ts'

test('quantities of Kubernetes as numbers', t => {
  const cases: [string | number, number | undefined][] = [
    ['500m', 0.5],
    [2, 2],
    ['1.5', 1.5],
    ['1k', 1000],
    ['2Ki', 2048],
    ['80Gi', 80 * 2 ** 30],
    ['80G', 80e9],
    ['1.2.3', undefined],
    ['lots', undefined],
    ['1Xi', undefined],
    ['', undefined],
  ]
  for (const [quantity, value] of cases) t.is(quantityOf(quantity), value, String(quantity))
})
