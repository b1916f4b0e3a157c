import test from 'ava'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { COMMANDS } from '../../src/cli/commands.ts'
import { STATUS_VIEWS, VALIDATION_VIEWS } from '../../src/report/index.ts'
import * as views from '../../src/report/views.ts'
import { painter } from '../../src/report/text/style.ts'

const ROOT = join(import.meta.dirname, '../..')
const look = { paint: painter(false), now: 0, folder: '', subject: 'dev' }

test('-o takes its words from the table of views', t => {
  const wordsOf = (command: string) => {
    const options = COMMANDS.find(({ name }) => name === command)?.options ?? {}
    return (options as Record<string, { choices?: readonly unknown[] }>)['output']?.choices
  }
  t.deepEqual(wordsOf('diff'), Object.keys(views.PLAN_VIEWS))
  t.deepEqual(Object.keys(views.COMPARISON_VIEWS), Object.keys(views.PLAN_VIEWS))
  t.deepEqual(wordsOf('apply'), Object.keys(views.OUTCOME_VIEWS))
  t.deepEqual(wordsOf('status'), Object.keys(STATUS_VIEWS))
  t.deepEqual(wordsOf('validate'), Object.keys(VALIDATION_VIEWS))
  t.deepEqual(wordsOf('history'), Object.keys(views.HISTORY_VIEWS))
  t.deepEqual(wordsOf('doctor'), Object.keys(views.DOCTOR_VIEWS))
  t.deepEqual(wordsOf('smoke'), Object.keys(views.SMOKE_VIEWS))
  t.deepEqual(wordsOf('environments'), Object.keys(views.ENVIRONMENT_VIEWS))
})

test('status as YAML is the JSON document, and names are for scripts', async t => {
  const absent = { state: 'absent', message: 'm', sync: 'unknown', deviations: [], unseen: [] }
  const endpoints = ['chat', 'rag'].map(endpoint => ({ ...absent, endpoint, inGit: true }))
  const report = { environment: 'dev', endpoints } as never
  const yaml: unknown = parse(await STATUS_VIEWS.yaml(report, look))
  t.deepEqual(yaml, JSON.parse(await STATUS_VIEWS.json(report, look)))
  t.is(await STATUS_VIEWS.name(report, look), 'chat\nrag\n')
})

test('docs/architecture.md names the files of an output format, and they exist', t => {
  const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8')
  const [, section = ''] = text.split('### How to add an output format')
  const files = [...(section.split(/^##/m)[0] ?? '').matchAll(/^\d\. `([^`]+)`/gm)].map(
    ([, file]) => file ?? '',
  )
  t.is(files.length, 3)
  t.deepEqual(
    files.filter(file => !existsSync(join(ROOT, file))),
    [],
  )
})
