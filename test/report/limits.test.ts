import test from 'ava'
import { actionsOf } from '../../src/plan/index.ts'
import fc from 'fast-check'
import type { Bundle } from '../../src/doctor/index.ts'
import type { Problem } from '../../src/problem/index.ts'
import {
  bundlesAsMarkdown,
  outcomeAsMarkdown,
  reportAsMarkdown,
  validationAsMarkdown,
} from '../../src/report/index.ts'
import { planReport } from '../../src/report/markdown/plan-markdown.ts'
import { MAX_COMMENT_LENGTH } from '../../src/report/markdown/comment.ts'
import { aDeployment, anAction, aPlan, aRef } from './plans.ts'

/** Whatever is told, a comment and the page of a run take it, it is whole Markdown, and nobody is forgotten. */

/** What GitHub measures: code points for pull requests, bytes for comments and issues. */
function isTaken(text: string): boolean {
  return Array.from(text).length <= 65_536 && Buffer.byteLength(text) <= 262_144
}

/** Every fence and every `<details>` that is opened is closed. */
function isWhole(text: string): boolean {
  const outside = text.replaceAll(/^(`{3,})\w*\n.*?\n\1$/gms, '')
  return (
    outside.split('<details>').length === outside.split('</details>').length &&
    !/^```/m.test(outside) &&
    text.isWellFormed() &&
    text.endsWith('\n')
  )
}

/** Text that grows when it is escaped, of several bytes, or with a meaning in Markdown. */
const hostile = fc
  .array(
    fc.constantFrom('a', ' ', '<', '&', '`', '```', '🚀', '日本', '\n', '@all', '|', '</details>'),
    {
      maxLength: 12,
    },
  )
  .map(pieces => pieces.join(''))

const field = fc
  .record({ path: hostile, before: hostile, after: hostile })
  .map(({ path, ...values }) => ({ path: `data.${path}`, ...values }))

const plan = fc
  .record({
    endpoints: fc.constantFrom(0, 1, 2, 30, 200, 2000),
    fields: fc.array(field, { maxLength: 4 }),
    times: fc.constantFrom(1, 50, 5000),
    type: fc.constantFrom('update', 'create', 'prune', 'replace'),
    reason: hostile,
    problems: fc.constantFrom(0, 1, 300, 3000),
    related: fc.constantFrom(0, 2000),
  })
  .map(({ endpoints, fields, times, type, reason, problems, related }) =>
    aPlan(
      Array.from({ length: endpoints }, (_, index) =>
        anAction(type, 'Deployment', {
          name: `endpoint-${index}`,
          changes: type === 'update' ? fields.map(each => longer(each, index < 5 ? times : 1)) : [],
          reason,
          restartsPods: true,
          desired: aDeployment({ replicas: 1 + (index % 3) }),
        }),
      ),
      {
        problems: Array.from({ length: problems }, (_, index) => aProblem(`${reason} ${index}`)),
        related: Array.from({ length: related }, (_, index) => ({
          ref: aRef('Ingress', `ingress-${index}`),
          endpoint: 'chat',
          reason,
        })),
      },
    ),
  )

const longer = (
  { path, before, after }: { path: string; before: string; after: string },
  times: number,
) => ({
  path,
  before: before.repeat(times),
  after: after.repeat(times),
})

function aProblem(message: string): Problem {
  return { code: 'guard', severity: 'warning', message, remedy: 'x'.repeat(100) }
}

test('a comment is taken and whole, and every endpoint is in it or counted', t => {
  t.timeout(120_000)
  const property = fc.property(plan, each => {
    const text = reportAsMarkdown(planReport(each))
    t.true(text.startsWith('<!-- slipway:diff:production -->\n'))
    t.true(isTaken(text), String(text.length))
    t.true(isWhole(text))
    t.true(text.includes(`plan \`${each.hash}\``))
    const { length } = actionsOf(each)
    if (length > 0 && length <= 100)
      for (const { endpoint } of actionsOf(each))
        t.true(text.includes(`<b>${endpoint}</b>`), endpoint)
    else if (length > 100) t.regex(text, /Too long for one comment|<b>endpoint-199<\/b>/)
  })
  fc.assert(property, { numRuns: 50, seed: 7 })
})

const many = (count: number, changes: object[]) =>
  Array.from({ length: count }, (_, index) =>
    anAction('update', 'Deployment', {
      name: `endpoint-${index}`,
      changes: changes.map(change => ({ path: `spec.own${index}`, ...change })),
    }),
  )

const markdownOf = (...args: Parameters<typeof aPlan>) =>
  reportAsMarkdown(planReport(aPlan(...args)))

test('one huge field is shortened, and costs the others nothing', t => {
  const before = Array.from({ length: 5000 }, (_, index) => `old line ${index} 日本`).join('\n')
  const huge = anAction('update', 'ConfigMap', {
    name: 'huge',
    changes: [
      { path: 'data.script', before, after: before.replaceAll('old', 'new') },
      { path: 'data.small', before: 1, after: 2 },
    ],
  })
  const text = markdownOf([huge, ...many(20, [{ before: 1, after: 2 }])])
  t.true(isTaken(text) && isWhole(text))
  t.regex(text, /data\.script:\n-\s+old line 0 日本\n/)
  t.regex(text, /… \d+ more lines/)
  t.regex(text, /data\.small: 1 → 2/)
  t.is(text.split('<details>').length - 1, 21)
  t.regex(
    text,
    /Too long for one comment: those of 1 endpoint are shortened\. `slipway diff -o html`/,
  )
})

test('where words alone are too many, alike endpoints share a line, and a gap in service comes first', t => {
  const gone = anAction('prune', 'Deployment', { name: 'gone', restartsPods: true })
  const text = markdownOf([
    ...many(2000, [{ before: 'x'.repeat(200), after: 'y'.repeat(200) }]),
    gone,
  ])
  t.true(isTaken(text) && isWhole(text))
  t.regex(text, /<summary>.*delete <b>gone<\/b>.*downtime: yes/)
  t.regex(
    text,
    /^- <code>~<\/code> update (<b>endpoint-\d+<\/b>(, )?){100} and \d+ more: 1 field; restarts no pods/m,
  )
  t.regex(text, /the details of \d+ endpoints are left out/)
})

test('a change to 200 endpoints: details, then the names of all others', t => {
  const actions = many(200, [{ before: '<b>@everyone</b>'.repeat(20), after: '```'.repeat(50) }])
  const text = markdownOf(actions)
  t.true(isTaken(text) && isWhole(text))
  t.regex(text, /<summary>.*<b>endpoint-0<\/b>/)
  const named = new Set(text.match(/<b>endpoint-\d+<\/b>/g))
  const more = Number(/ and (\d+) more: /.exec(text)?.[1] ?? 0)
  t.is(named.size + more, 200)
})

test('problems and objects outside the set leave room for what changes', t => {
  const text = markdownOf(many(3, [{ before: 1, after: 2 }]), {
    problems: [
      ...Array.from({ length: 3000 }, () => aProblem('later')),
      { ...aProblem('what matters'), severity: 'error' },
    ],
    related: Array.from({ length: 3000 }, () => ({
      ref: aRef('Ingress', 'a'),
      endpoint: 'chat',
      reason: 'points at it',
    })),
  })
  t.true(isTaken(text) && isWhole(text))
  t.regex(text, /❌ what matters/)
  t.regex(text, /and \d+ more problems: `slipway validate`/)
  t.regex(text, /and \d+ more objects/)
  t.is(text.split('<details>').length - 1, 3)
})

test('R8 · an invalid project with thousands of problems', t => {
  const problems = Array.from({ length: 5000 }, (_, index) => ({
    ...aProblem('🚀'.repeat(500)),
    severity: 'error' as const,
    place: { file: `endpoints/${index}.yaml`, line: 1, column: 1 },
  }))
  const text = validationAsMarkdown({ environments: [], problems }, 'production')
  t.true(text.startsWith('<!-- slipway:diff:production -->\n'))
  t.true(isTaken(text) && isWhole(text))
  t.regex(text, /\*\*invalid: 5000 errors\*\*/)
  t.regex(text, /❌ `endpoints\/0\.yaml:1:1`/)
  t.regex(text, /and \d+ more problems/)
})

function aBundle(endpoint: string, words: string): Bundle {
  return {
    endpoint,
    namespace: 'llm-ops',
    status: {
      endpoint,
      state: 'failed',
      message: words,
      diagnosis: { cause: 'crash-loop', summary: words, evidence: [], remedy: words },
    },
    objects: [],
    events: [],
    logs: [
      {
        pod: endpoint,
        container: 'server',
        previous: false,
        crashed: true,
        text: `${words}\n`.repeat(200),
      },
    ],
    unseen: [],
  }
}

test('K3 · an apply in which 2,000 endpoints fail: the failed first, the page of the run takes it', t => {
  const names = Array.from({ length: 2000 }, (_, index) => `endpoint-${index}`)
  const words = '日本<&`🚀'.repeat(300)
  const outcome = outcomeAsMarkdown({
    environment: 'production',
    revision: { commit: 'a'.repeat(40), dirty: false, actor: 'somebody' },
    failures: [],
    outcome: {
      result: 'failed',
      counts: { create: 0, update: 2000, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 0 },
      durationSeconds: 80,
      endpoints: Object.fromEntries(
        names.map((name, index) => [name, index % 2 === 0 ? 'ready' : 'failed'] as const),
      ),
      problems: names.map(name => ({
        ...aProblem(words),
        severity: 'error' as const,
        endpoint: name,
      })),
    },
  })
  const bundles = bundlesAsMarkdown(names.map(name => aBundle(name, words)))
  t.true(isWhole(outcome) && isWhole(`${bundles}\n`))
  t.regex(
    outcome,
    /\| endpoint \| \|\n\|---\|---\|\n\| endpoint-1 \| \S+ failed \|\n\| endpoint-3 /,
  )
  t.regex(outcome, /\| and \d+ more endpoints \| \|/)
  t.regex(bundles, /and \d+ more endpoints/)
  t.true(outcome.length <= MAX_COMMENT_LENGTH && bundles.length <= 60_000, `${bundles.length}`)
  t.true(Buffer.byteLength(outcome) + Buffer.byteLength(bundles) < 1024 * 1024)
})
