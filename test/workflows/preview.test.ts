import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { shopFiles } from '../cli/scratch.ts'
import { scratchProject } from '../support/project.ts'
import { checkOut, openHub, type JobResult } from '../support/workflow.ts'

/** The preview of pull requests, step by step as it is written. It needs no cluster. */

async function aRepository(t: ExecutionContext, files: Record<string, string>) {
  const project = await scratchProject({ files })
  const hub = openHub()
  const folders: string[] = []
  t.teardown(async () => {
    hub.dispose()
    await project.dispose()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })
  t.timeout(600_000)
  await project.commit('first')
  /** The merge of a pull request as GitHub makes it, main being the first parent. */
  const offer = async (change: () => Promise<unknown>) => {
    await project.git('switch', '--quiet', '--force-create', 'topic', 'main')
    await change()
    await project.commit('topic')
    await project.git('switch', '--quiet', '--detach', 'main')
    await project.git('merge', '--quiet', '--no-ff', '--message', 'Merge', 'topic')
    return project.git('rev-parse', 'HEAD')
  }
  const run = async (job: string, merge: string, environment = 'dev') => {
    const directory = checkOut(project.directory, merge, 2)
    folders.push(directory)
    const context = {
      'matrix.environment': environment,
      'github.event.pull_request.number': '1',
      'github.event.pull_request.base.sha': 'b'.repeat(40),
      'github.event.pull_request.head.sha': 'c'.repeat(40),
      'github.token': 'token',
    }
    return hub.run({ workflow: 'preview', job, directory, context })
  }
  const succeed = async (...args: Parameters<typeof run>) => {
    const result = await run(...args)
    t.is(result.code, 0, logOf(result))
    return result
  }
  const comment = () => hub.read('comment.md') ?? ''
  return { ...project, hub, offer, run, succeed, comment }
}

function logOf({ steps }: JobResult): string {
  return JSON.stringify(steps, undefined, 1)
}

test('R5 · the first pull request has a preview: everything is new', async t => {
  const { offer, write, succeed, comment } = await aRepository(t, { 'README.md': 'A team.' })
  const merge = await offer(async () => {
    for (const [file, text] of Object.entries(shopFiles())) await write(file, text)
  })
  const { outputs } = await succeed('environments', merge)
  t.deepEqual(outputs, { names: '["dev","production"]' })
  await succeed('render', merge)
  await succeed('comment', merge)
  t.regex(comment(), /\*\*2 endpoints are new: there is no slipway\.yaml at HEAD\^1/)
})

test('R5 · one that breaks slipway.yaml is told so in the comments of the environments before it', async t => {
  const { offer, write, git, run, succeed, comment } = await aRepository(t, shopFiles())
  const merge = await offer(() => write('slipway.yaml', 'kind: ['))
  const { outputs } = await succeed('environments', merge)
  t.deepEqual(outputs, { names: '["dev","production"]' })
  t.is((await run('render', merge)).code, 1)
  await succeed('comment', merge)
  t.regex(comment(), /❌ `slipway\.yaml:1/)

  // Merged all the same, and mended by the next one.
  await git('switch', '--quiet', '--force-create', 'main', merge)
  const mended = await offer(() => write('slipway.yaml', shopFiles()['slipway.yaml'] ?? ''))
  await succeed('environments', mended)
  await succeed('render', mended)
  await succeed('comment', mended)
  t.regex(comment(), /\*\*HEAD\^1 is not valid, so nothing can be compared with it\*\*/)
})

test('R5, G1 · one that adds an environment has a preview of it', async t => {
  const { offer, edit, succeed } = await aRepository(t, shopFiles())
  const merge = await offer(() => edit('slipway.yaml', 'dev: {}', 'dev: {}\n    canary: {}'))
  const { outputs } = await succeed('environments', merge)
  t.deepEqual(outputs, { names: '["dev","canary","production"]' })
  const { summary } = await succeed('render', merge, 'canary')
  t.regex(summary, /there is no environment "canary" at HEAD\^1/)
})

test('S3, R5 · a comment: only the bot’s own is replaced, with links, and no file leaves the runner’s folder', async t => {
  const { directory, offer, edit, hub, succeed, comment } = await aRepository(t, shopFiles())
  const foreign = {
    id: 1,
    user: { login: 'mallory' },
    body: '<!-- slipway:diff:dev -->\nAll is well.',
  }
  hub.write('comments.json', JSON.stringify([foreign]))
  const outside = mkdtempSync(join(tmpdir(), 'slipway-outside-'))
  t.teardown(() => rmSync(outside, { recursive: true, force: true }))
  const merge = await offer(async () => {
    await edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2')
    symlinkSync(outside, join(directory, 'preview'))
  })
  await succeed('render', merge)
  t.deepEqual(readdirSync(outside), [])
  await succeed('comment', merge)
  await succeed('comment', merge)
  t.is(hub.read('comments'), 'POST\nPATCH\n')
  const comments = JSON.parse(hub.read('comments.json') ?? '') as (typeof foreign)[]
  t.is(comments.length, 2)
  t.deepEqual(comments[0], foreign)
  t.regex(comments[1]?.body ?? '', /image v1 → v2/)
  const here = 'https://github.example.com/team/models'
  const range = `${'b'.repeat(40)}...${'c'.repeat(40)}`
  t.true(comment().includes(`(${here}/compare/${range})`), comment())
  t.true(comment().includes(`(${here}/actions/runs/7)`))
  t.true(comment().includes(`(${here}/actions/runs/7/artifacts/71)`))
})

test('S3 · what crashed leaves no empty comment, and no good one that is of another commit', async t => {
  const { hub, offer, edit, succeed, comment } = await aRepository(t, shopFiles())
  const merge = await offer(() => edit('endpoints/chat.yaml', 'chat:v1', 'chat:v2'))
  for (const text of [undefined, '', ' \n\n']) {
    if (text !== undefined) hub.write('artifacts/preview-dev/comment.md', text)
    await succeed('comment', merge)
    t.regex(comment(), /^<!-- slipway:diff:dev -->\n[^]*There is no preview/)
    t.regex(comment(), /\/actions\/runs\/7\)/)
  }
})
