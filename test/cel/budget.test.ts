import test from 'ava'
import { policyOf } from '../support/cel-policy.ts'
import { OBJECT } from '../support/cel-table.ts'

/** What a hostile expression may cost: it is stopped, refused, and never taken for true. */

const TEN = '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]'
const THOUSAND = 'lists.range(1000)'
const LOOPS = `${THOUSAND}.all(a, ${THOUSAND}.all(b, ${THOUSAND}.all(c, true)))`
const GROWING = 'abcdefgh'
  .split('')
  .reduceRight((body, name) => `${TEN}.map(${name}, ${body})`, '[a]')

const STOPPED: Record<string, string> = {
  'nested loops': LOOPS,
  'loops of two variables': `${THOUSAND}.all(i, a, ${THOUSAND}.all(j, b, ${THOUSAND}.all(k, c, true)))`,
  'loops whose result does not count': `${LOOPS} || true`,
  'a list that grows with every level': `${GROWING}.size() > 0`,
  'a long list': 'lists.range(1000000000000).size() > 0',
  'comparisons of long lists': `lists.range(100000).all(a, lists.range(100000) == lists.range(100000))`,
  'a search in a long list': `${THOUSAND}.all(a, lists.range(10000).distinct().size() > 0)`,
  'texts that grow': `${THOUSAND}.map(a, 'x'.replace('', '${'y'.repeat(5000)}')).join().replace('', '${'z'.repeat(5000)}').size() > 0`,
  'a join of long texts': `lists.range(100000).map(i, '${'a'.repeat(2000)}').join().size() > 0`,
  'a pattern over and over': `lists.range(100000).exists(i, object.metadata.name.matches('(a|b|c|d|e|f)*x{1,50}y'))`,
}

for (const [what, expression] of Object.entries(STOPPED)) {
  test(`S4 · ${what}: stopped, which is a refusal`, t => {
    const { value, faults } = policyOf([{ expression }])
    t.deepEqual(faults, [])
    const [verdict] = value?.judge(1)(OBJECT) ?? []
    t.like(verdict, { isError: true, isIgnored: false })
    t.regex(verdict?.message ?? '', /takes too many steps/)
  })
}

const REFUSED: Record<string, [expression: string, says: RegExp]> = {
  'too deep': [`${'('.repeat(500)}true${')'.repeat(500)}`, /maxDepth|deeply nested/],
  'too many operators': [`${'!'.repeat(15_000)}true`, /maxAstNodes|deeply nested/],
  'too many terms': [`${"'a' + ".repeat(2500)}'a' == 'a'`, /deeply nested/],
  'too long': [`'${'a'.repeat(20_000)}' == 'a'`, /longer than 16384 characters/],
  'a pattern that repeats itself': [
    "object.metadata.name.matches('((a{100}){100}){100}')",
    /repeat count/,
  ],
}

for (const [what, [expression, says]] of Object.entries(REFUSED)) {
  test(`S4 · ${what}: refused before it is evaluated`, t => {
    const { value, faults } = policyOf([{ expression }])
    t.is(value, undefined)
    t.regex(faults[0]?.message ?? '', says)
  })
}

test('S4 · variables that double one another are stopped', t => {
  const doubled = Array.from({ length: 40 }, (_, at) => ({
    name: `v${at}`,
    expression: at === 0 ? "'aaaaaaaaaa'" : `variables.v${at - 1} + variables.v${at - 1}`,
  }))
  const { value } = policyOf([{ expression: 'variables.v39.size() > 0' }], {
    variables: doubled.map(({ name, expression }) => ({
      name,
      expression: { text: expression, placeAt: () => ({ file: 'p.yaml', line: 1, column: 1 }) },
    })),
  })
  const [verdict] = value?.judge(1)(OBJECT) ?? []
  t.regex(verdict?.message ?? '', /takes too many steps/)
})

test('S4 · what all expressions of a policy cost together is bounded, too', t => {
  // Each is below its own limit, and says that it is true.
  const heavy = 'lists.range(400).all(a, lists.range(400).all(b, true))'
  const { value } = policyOf(Array.from({ length: 40 }, () => ({ expression: heavy })))
  const verdicts = value?.judge(1)(OBJECT) ?? []
  t.true(verdicts.length > 0 && verdicts.length < 40)
  t.true(verdicts.every(({ message }) => message.includes('takes too many steps')))
})

test('S4 · a long text costs what it has, whatever is in it', t => {
  const hostile: Record<string, string> = {
    'url(object.metadata.annotations.x).getQuery().size() >= 0': `https://a/?${'a&'.repeat(200_000)}`,
    'object.metadata.annotations.x.split(",").size() > 0': ','.repeat(300_000),
    "object.metadata.annotations.x.replace('a', 'b').size() > 0": 'a'.repeat(300_000),
    '!isQuantity(object.metadata.annotations.x)': '1'.repeat(300_000),
    '!isSemver(object.metadata.annotations.x)': '1.'.repeat(300_000),
    'isURL(object.metadata.annotations.x) || true': `https://${':1'.repeat(300_000)}`,
    'format.dns1123Subdomain().validate(object.metadata.annotations.x).hasValue()': 'a-'.repeat(
      300_000,
    ),
    "!object.metadata.annotations.x.matches('^(a|a)*$')": `${'a'.repeat(100_000)}b`,
  }
  for (const [expression, x] of Object.entries(hostile)) {
    const { value, faults } = policyOf([{ expression }])
    t.deepEqual(faults, [])
    const [verdict] =
      value?.judge(1)({ ...OBJECT, metadata: { name: 'x', annotations: { x } } }) ?? []
    t.true(
      verdict === undefined || verdict.message.includes('too many steps'),
      `${expression}: ${verdict?.message}`,
    )
  }
})

test('S4 · a large object costs what it has, and passes', t => {
  const labels = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`l${at}`, `v${at}`]))
  const { value } = policyOf([
    { expression: "object.metadata.labels.all(key, value, value.matches('^v[0-9]+$'))" },
  ])
  t.deepEqual(value?.judge(1)({ ...OBJECT, metadata: { name: 'x', labels } }), [])
})
