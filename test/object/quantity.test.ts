import test from 'ava'
import { canonicalQuantity, quantityOf } from '../../src/object/index.ts'

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

test('quantities as the API server writes them back', t => {
  const cases: [string, string][] = [
    ['0.5', '500m'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['2000', '2k'],
    ['0.1', '100m'],
    ['1.50', '1500m'],
    ['1024Mi', '1Gi'],
    ['1536Mi', '1536Mi'],
    ['0.5Gi', '512Mi'],
    ['0.5Ki', '512'],
    ['1024', '1024'],
    ['8Gi', '8Gi'],
    ['1000M', '1G'],
    ['0', '0'],
    ['0Gi', '0'],
    ['1.0000000001Gi', '1.0000000001Gi'],
    ['1e3', '1e3'],
    ['lots', 'lots'],
  ]
  for (const [quantity, text] of cases) t.is(canonicalQuantity(quantity), text, quantity)
})
