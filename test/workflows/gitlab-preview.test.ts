import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { shop } from '../cli/scratch.ts'
import { runGitlabJob } from '../support/gitlab.ts'

/** The preview of GitLab, which needs no cluster. */

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
