import test from 'ava'
import { documentOf } from '../../src/report/documents.ts'
import { parse } from 'yaml'
import {
  bundleFiles,
  bundlesAsMarkdown,
  explanationAsText,
  failuresAsText,
  jsonView,
  keptAsText,
  lineView,
  liveView,
  outcomeAsMarkdown,
  outgoing,
  painter,
  problemsAsText,
  remarksAsText,
  jsonText,
} from '../../src/report/index.ts'
import * as views from '../../src/report/views.ts'
import type { View } from '../../src/report/views.ts'
import { commandsIn } from '../support/runner-log.ts'
import { aBundle } from './bundles.ts'
import { hostile, PAYLOAD, SECRET } from './payload.ts'
import { RESULTS } from './results.ts'
import { play, STORY } from './story.ts'

/**
 * Every text that is not ours, in every result and every form: nothing steers, hides, forges a line, is a command to a runner, is markup of a
 * comment or a page, mentions anybody, or is a secret by its form. What the forms are is in the table of views itself.
 */

interface Shown {
  name: string
  format: string
  /** Of the result with or without the payload. */
  show: (isHostile: boolean) => Promise<string>
}

const TABLES: Record<string, [table: Record<string, View<never>>, result: unknown]> = {
  plan: [views.PLAN_VIEWS, RESULTS.plan],
  comparison: [views.COMPARISON_VIEWS, RESULTS.comparison],
  outcome: [views.OUTCOME_VIEWS, RESULTS.outcome],
  validation: [views.VALIDATION_VIEWS, RESULTS.validation],
  status: [views.STATUS_VIEWS, RESULTS.status],
  fleet: [views.FLEET_VIEWS, RESULTS.fleet],
  smoke: [views.SMOKE_VIEWS, RESULTS.smoke],
  doctor: [views.DOCTOR_VIEWS, RESULTS.doctor],
  history: [views.HISTORY_VIEWS, RESULTS.history],
  import: [views.IMPORT_VIEWS, RESULTS.import],
  environments: [views.ENVIRONMENT_VIEWS, RESULTS.environments],
}

test('S3 · every table of views is tried', t => {
  t.is(
    Object.keys(views).filter(name => name.endsWith('_VIEWS')).length,
    Object.keys(TABLES).length,
  )
})

const paint = painter(false)

const REMARKS = [{ object: 'Deployment/llm-ops/chat', path: 'spec.x', live: 'a', rendered: 'b' }]

/** Of a terminal, and of none. */
const SCREENS = [80, undefined]

function shownByViews(): Shown[] {
  return Object.entries(TABLES).flatMap(([name, [table, result]]) =>
    Object.entries(table).flatMap(([format, view]) =>
      SCREENS.map(columns => ({
        name: `${name} at ${columns ?? 'no'} columns`,
        format,
        show: async isHostile => {
          const [given, subject, folder] = isHostile
            ? [hostile(result), PAYLOAD, PAYLOAD]
            : [result, 'dev', 'f']
          const look = { paint, now: 0, folder, subject, ...(columns && { columns }) }
          return view(given as never, look)
        },
      })),
    ),
  )
}

/** What is shown by other ways. */
function shownBeside(): Shown[] {
  const of = <Given>(
    name: string,
    format: string,
    given: Given,
    show: (given: Given) => string,
  ) => ({
    name,
    format,
    show: async (isHostile: boolean) => show(isHostile ? hostile(given) : given),
  })
  const { outcome, validation, explanations } = RESULTS
  const file = (name: string) => (bundle: ReturnType<typeof aBundle>) =>
    Object.entries(bundleFiles(bundle)).find(([path]) => path.endsWith(name))?.[1] ?? ''
  return [
    of('the page of a run', 'markdown', outcome, outcomeAsMarkdown),
    of('diagnostics on the page of a run', 'markdown', [aBundle()], bundlesAsMarkdown),
    of('diagnosis.md', 'markdown', aBundle(), file('.md')),
    of('diagnosis.txt', 'text', aBundle(), file('.txt')),
    of('a log', 'log', aBundle(), file('.log')),
    of('status.json', 'json', aBundle(), file('status.json')),
    of('objects.json', 'json', aBundle(), file('objects.json')),
    of('problems', 'text', validation.problems, problems => problemsAsText(problems, paint)),
    of('failures', 'text', outcome, each => failuresAsText(each, paint, 80)),
    of('settings', 'text', explanations[0], each => (each ? explanationAsText(each, paint) : '')),
    of('settings', 'json', explanations, each => jsonText(documentOf('Explanation', each))),
    of('each event of a log', 'text', STORY, story => written(lineView, story)),
    of('each event of a terminal', 'drawn', STORY, story => drawn(story)),
    of('each event as JSON', 'text', STORY, story => written(jsonView, story)),
    of('what an import keeps', 'text', REMARKS, remarks => keptAsText(remarks, paint)),
    of('what an import would change', 'text', REMARKS, remarks => remarksAsText(remarks, paint)),
  ]
}

/** What a view writes of an apply. */
function written(view: typeof lineView, story: typeof STORY): string {
  let text = ''
  play(
    view(more => (text += more), paint),
    story,
  )
  return text
}

/** Without what moves the cursor of the view itself. */
function drawn(story: typeof STORY): string {
  let text = ''
  const size = () => ({ columns: 80, rows: 24 })
  play(liveView({ write: more => (text += more), paint, size }), story)
  // oxlint-disable-next-line no-control-regex -- the view draws with these
  return text.replaceAll(/\r?\u001B\[\d+A\u001B\[0J/g, '')
}

for (const { name, format, show } of [...shownByViews(), ...shownBeside()])
  test(`S3 · ${name}, as ${format}, shows hostile text without its power`, async t => {
    const text = await show(true)
    // Annotations and what is drawn pass beside the gate.
    const logged = ['github', 'drawn'].includes(format) ? text : outgoing(text, true)
    t.deepEqual(harm(logged, format), [])
    t.false(logged.includes(SECRET), 'a secret by its form')
    CHECKS[format]?.(t.deepEqual.bind(t), { logged, plain: await show(false) })
  })

/** What would steer, hide, or be a command to a runner that is not an annotation of ours. */
function harm(output: string, format: string): string[] {
  const hidden = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Cc}]/u
  const isOurs = (line: string) => format === 'github' && /^::(error|warning) [^:]*::/.test(line)
  const lines = output.replaceAll(/[\uFE0F\t]/g, '').split('\n')
  return [
    // No runner sees what is drawn.
    ...(format === 'drawn' ? [] : commandsIn(output).filter(line => !isOurs(line))),
    ...lines.filter(line => hidden.test(line)),
    // Of a line of ours, foreign text is never the beginning.
    ...(format === 'text' ? lines.filter(line => line.startsWith('FORGED')) : []),
  ]
}

type Equal = (a: unknown, b: unknown, message?: string) => void

const CHECKS: Record<string, (equal: Equal, texts: { logged: string; plain: string }) => void> = {
  json: (equal, { logged }) => equal(typeof JSON.parse(logged), 'object'),
  sarif: (equal, { logged }) => equal(typeof JSON.parse(logged), 'object'),
  names: (equal, { logged }) => equal(typeof JSON.parse(logged), 'object'),
  yaml: (equal, { logged }) => equal(typeof parse(logged), 'object'),
  html: (equal, { logged, plain }) => equal(unusual(logged, plain), []),
  markdown: (equal, { logged, plain }) => {
    const [shown, usual] = [outsideCode(logged), outsideCode(plain)]
    equal(unusual(shown, usual), [], 'markup')
    equal(activeIn(shown), activeIn(usual), 'links, mentions, references, tasks')
  },
  github: (equal, { logged, plain }) => equal(linesOf(logged), linesOf(plain), 'annotations'),
}

const linesOf = (text: string) => text.split('\n').length

/** Elements with the names of their attributes, and every other `<`; what is long is broken and shortened, so not how many. */
function unusual(text: string, usual: string): string[] {
  const known = new Set([...kindsOf(usual), 'wbr ', 'i ', 'i  class', 'ins ', 'del '])
  return kindsOf(text).filter(kind => !known.has(kind))
}

function kindsOf(text: string): string[] {
  const shown = text.replaceAll(
    /^<!--[^>]*-->|^<!doctype html>|<script>[^]*?<\/script>|<style>[^]*?<\/style>/g,
    '',
  )
  const tags = [
    ...shown.matchAll(/<\/?([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>|</gi),
  ].map(([whole, name, attributes = '']) =>
    name === undefined ? whole : `${name} ${attributes.replaceAll(/="[^"]*"/g, '')}`,
  )
  return [...new Set(tags)].toSorted()
}

/** Without fenced blocks and code spans, where nothing is markup. */
function outsideCode(text: string): string {
  return text
    .replaceAll(/^<!-- .*/g, '')
    .replaceAll(/^(`{3,})\w*\n[^]*?\n\1$/gm, '')
    .replaceAll(/`[^`\n]*`/g, '')
}

/** What GitHub makes something of, beside elements. */
function activeIn(markdown: string): string[] {
  return [
    /(?<!\\)\[[^\]]*\]\(/g,
    /(?<![\w.])@\w[\w/-]*/g,
    /(?<!&)#\d+\b/g,
    /\bGH-\d+/gi,
    /\w:\/\/|\bwww\./gi,
    /^\s*[-*] \[[ x]\]/gm,
    /^(?:FORGED|#{1,6} FORGED).*/gm,
  ].flatMap(pattern => [...markdown.matchAll(pattern)].map(([found]) => found))
}
