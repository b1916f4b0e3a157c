import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { servePods } from '../../src/sandbox/index.ts'
import { deployedProject } from '../support/deployed-project.ts'
import { readTemplate, runGitlabJob } from '../support/gitlab.ts'
import { anHttpServer, json } from '../support/http-server.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { checkOut } from '../support/workflow.ts'

/** The GitLab template with a remote repository: every script is run as it is written. */

const { serial } = sandboxTest()

serial('R5, R6, K3 · preview, apply, drift, a bad change and the way back in GitLab', async t => {
  const project = await deployedProject(t, { chat: '', rag: '' })
  const { git, edit, commit, kubectl, namespace } = project
  const server = await anHttpServer(t as never, { 'GET /health': json({}) })
  await servePods(t.context.sandbox, { port: server.port, namespace })
  // The template's environments, in one cluster.
  await edit('slipway.yaml', / {4}test: (.*)/, '    staging: $1\n    production: $1')
  await commit('environments')
  const remote = mkdtempSync(join(tmpdir(), 'slipway-remote-'))
  const folders = [remote]
  t.teardown(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })))
  await git('init', '--quiet', '--bare', '--initial-branch=main', remote)
  await git('remote', 'add', 'origin', remote)
  await git('push', '--quiet', '--set-upstream', 'origin', 'main')
  const ran = new Set<string>()
  let written = ''
  const run = async (job: string, variables: Record<string, string> = {}, ref = 'main') => {
    // For each job anew: how many a week has is no matter of time.
    t.timeout(170_000)
    const directory = checkOut(remote, ref)
    folders.push(directory)
    ran.add(job)
    const given = {
      KUBECONFIG_FILE: t.context.sandbox.kubeconfig,
      CI_PIPELINE_SOURCE: 'push',
      ...variables,
    }
    const result = await runGitlabJob({ job, directory, variables: given, written })
    const read = (file: string) => readFileSync(join(directory, file), 'utf8')
    return { ...result, read, log: `${result.stdout}${result.stderr}` }
  }

  const writeJobs = async (source: string) => {
    const { code, log, read } = await run('environments', { CI_PIPELINE_SOURCE: source })
    t.is(code, 0, log)
    return read('jobs.yml')
  }
  const [applies, drifts] = [await writeJobs('push'), await writeJobs('schedule')]
  written = `${applies}${drifts.replace(/^include.*\n/, '')}`
  t.is((await run('apply production')).code, 0)
  const base = await git('rev-parse', 'HEAD')
  await git('switch', '--quiet', '--create', 'chat-v2')
  await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
  await commit('chat v2')
  await git('push', '--quiet', 'origin', 'chat-v2')
  const inRequest = { ENVIRONMENT: 'production', CI_MERGE_REQUEST_DIFF_BASE_SHA: base }
  const preview = await run('preview', inRequest, 'chat-v2')
  t.is(preview.code, 0, preview.log)
  t.regex(preview.stdout, /update chat: image v1 → v2; restarts 1 pod; downtime: no, because/)
  t.regex(preview.read('preview/production.html'), /^<!doctype html>/)
  t.regex(preview.read(`preview/production/${namespace}.chat.yaml`), /chat:v2/)

  const drifted = await run('drift production', {}, 'chat-v2')
  t.is(drifted.code, 1, drifted.log)
  await git('push', '--quiet', 'origin', 'chat-v2:main')
  const applied = await run('apply production')
  t.is(applied.code, 0, applied.log)
  t.regex(applied.read('outcome/outcome.json'), /"result": "succeeded"/)
  t.is((await run('drift production')).code, 0)
  const page = await run('pages')
  t.is(page.code, 0, page.log)
  t.regex(page.read('public/index.html'), /<!doctype html>[^]*chat/)

  const trouble = '{metadata: {labels: {sandbox.slipway.dev/trouble: image-pull}}}'
  const text = `${await git('show', 'HEAD:endpoints/chat.yaml')}\n`
  const patch = `  patches:\n    - target: {kind: Deployment}\n      merge: {spec: {template: ${trouble}}}\n`
  await project.write('endpoints/chat.yaml', text.replace('chat:v2', 'chat:v3') + patch)
  await commit('bad')
  await git('push', '--quiet', 'origin', 'chat-v2:main')
  const failed = await run('apply production')
  t.is(failed.code, 1, failed.log)
  t.regex(failed.read('outcome/outcome.json'), /"diagnosis"/)
  t.regex(failed.read('outcome/diagnostics/chat/diagnosis.txt'), /image/)

  const back = await project.slipway(
    'rollback',
    '-e',
    'production',
    '--yes',
    '--other-environments',
  )
  t.is(back.code, 0, back.stderr)
  await git('push', '--quiet', 'origin', 'chat-v2:main')
  t.is((await run('apply production')).code, 0)
  const image = 'jsonpath={.spec.template.spec.containers[0].image}'
  t.regex(await kubectl('get', 'deployment', 'chat', '-n', namespace, '-o', image), /chat:v2$/)

  const gate = await run('canary check', { CANARY: 'chat', ENVIRONMENT: 'production' })
  t.not(gate.code, 0)
  t.regex(gate.log, /chat has no canary/)

  const scripted = Object.entries(readTemplate(written).jobs).filter(([, { trigger }]) => !trigger)
  // Those of one environment have the scripts of the other; promote needs two: test/e2e/promotion.test.ts.
  const elsewhere = ['apply staging', 'drift staging', 'promote']
  t.deepEqual([...ran, ...elsewhere].toSorted(), scripted.map(([name]) => name).toSorted())
})
