import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { shop } from '../cli/scratch.ts'
import { readTemplate, runGitlabJob } from '../support/gitlab.ts'

/** What of GitLab's pipeline needs no cluster. */

test('R5 · every environment of slipway.yaml, in one job, and not through a link that was committed', async t => {
  t.timeout(600_000)
  const { directory, edit, commit, dispose } = await shop()
  const outside = mkdtempSync(join(tmpdir(), 'slipway-outside-'))
  t.teardown(async () => {
    await dispose()
    rmSync(outside, { recursive: true, force: true })
  })
  const base = await commit('first')
  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  symlinkSync(outside, join(directory, 'preview'))
  await commit('second')
  const variables = { CI_MERGE_REQUEST_DIFF_BASE_SHA: base }
  const { code, stdout, stderr } = await runGitlabJob({ job: 'preview', directory, variables })
  t.is(code, 0, stderr)
  t.is(stdout.match(/image v1 → v2/g)?.length, 2)
  t.deepEqual(readdirSync(outside), [])
  for (const name of ['dev', 'production'])
    t.regex(readFileSync(join(directory, 'preview', `${name}.html`), 'utf8'), /^<!doctype html>/)
})

test('R1 · a job for each environment of slipway.yaml: applies one after the other, drift side by side', async t => {
  t.timeout(600_000)
  const { directory, edit, commit, dispose } = await shop()
  t.teardown(dispose)
  await commit('first')
  const write = async (source: string) => {
    const variables = { CI_PIPELINE_SOURCE: source }
    const { code, stderr } = await runGitlabJob({ job: 'environments', directory, variables })
    t.is(code, 0, stderr)
    const { jobs } = readTemplate(readFileSync(join(directory, 'jobs.yml'), 'utf8'))
    const own = Object.keys(readTemplate().jobs)
    return Object.fromEntries(Object.entries(jobs).filter(([name]) => !own.includes(name)))
  }
  const applies = await write('push')
  t.deepEqual(Object.keys(applies), ['apply dev', 'apply production'])
  t.like(applies['apply production'], {
    environment: 'production',
    resource_group: 'slipway-production',
    interruptible: false,
    variables: { ENVIRONMENT: 'production' },
    needs: ['apply dev'],
  })
  t.deepEqual(applies['apply dev']?.needs, [])
  t.deepEqual(applies['apply dev']?.script, applies['apply production']?.script)
  const drift = await write('schedule')
  t.deepEqual(Object.keys(drift), ['drift dev', 'drift production'])
  t.like(drift['drift dev'], {
    environment: { name: 'dev/read', action: 'verify' },
    rules: [{ if: '$CI_PIPELINE_SOURCE == "parent_pipeline"' }],
  })
  await edit('slipway.yaml', /(dev|production): \{/g, '$1: { pipeline: false,')
  t.deepEqual(Object.keys(await write('push')), ['nothing'])
})

test('R5 · a page is written of clusters that do not answer, and a canary that is not there has no gate', async t => {
  t.timeout(600_000)
  const { directory, commit, dispose } = await shop()
  t.teardown(dispose)
  await commit('first')
  const run = (job: string, variables: Record<string, string>) =>
    runGitlabJob({ job, directory, variables })
  const page = await run('pages', { KUBECONFIG_FILE: join(directory, 'no-kubeconfig') })
  t.is(page.code, 0, page.stderr)
  t.regex(
    readFileSync(join(directory, 'public/index.html'), 'utf8'),
    /<!doctype html>[^]*production/,
  )
  const gate = await run('canary check', { CANARY: 'chat', ENVIRONMENT: 'dev' })
  t.not(gate.code, 0)
  t.regex(gate.stderr, /chat has no canary in dev/)
})
