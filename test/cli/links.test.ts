import test, { type ExecutionContext } from 'ava'
import { mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { ScratchProject } from '../support/project.ts'
import { endpointFile, shop } from './scratch.ts'

/** Endpoints that are symbolic links are as much a part of the project as others. */

async function linkedShop(t: ExecutionContext): Promise<ScratchProject> {
  const project = await shop()
  t.teardown(project.dispose)
  await project.commit('first')
  await project.write('shared/web.yaml', endpointFile('web'))
  await symlink('../shared/web.yaml', join(project.directory, 'endpoints/web.yaml'))
  await project.write('common/team/code.yaml', endpointFile('code'))
  await symlink('../common/team', join(project.directory, 'endpoints/team'))
  await project.commit('links')
  return project
}

const against = (range: string) => ['diff', '-e', 'dev', '--against', range]

test('S1 · diff --against A..B sees what a commit adds by links', async t => {
  const project = await linkedShop(t)
  const { code, stdout, stderr } = await project.slipway(...against('HEAD~1..HEAD'))
  t.is(code, 0, stderr)
  t.regex(stdout, /^\+ create code/m)
  t.regex(stdout, /^\+ create web/m)
  const here = await project.slipway(...against('HEAD'))
  t.is(here.stdout, 'No differences.\n')
})

test('S1 · an edit of what a link leads to is uncommitted', async t => {
  const project = await linkedShop(t)
  await project.edit('shared/web.yaml', 'web:v1', 'web:v2')
  await project.edit('common/team/code.yaml', 'code:v1', 'code:v2')
  const { stdout } = await project.slipway(...against('HEAD'))
  t.regex(stdout, /^~ update web: image v1 → v2/m)
  t.regex(stdout, /^Uncommitted: .*shared\/web\.yaml/m)
  t.regex(stdout, /^Uncommitted: .*common\/team\/code\.yaml/m)
})

test('S1 · a rollback takes back what links lead to, in the project and in the repository', async t => {
  const project = await linkedShop(t)
  await project.edit('shared/web.yaml', 'web:v1', 'web:v2')
  await project.edit('common/team/code.yaml', 'code:v1', 'code:v2')
  await project.write('README.md', 'stays\n')
  await project.commit('second')
  const back = ['rollback', '-e', 'dev', '--to', 'HEAD~1', '--yes', '--other-environments']
  const { code, stdout, stderr } = await project.slipway(...back)
  t.is(code, 0, stderr)
  t.regex(stdout, /^~ update web: image v2 → v1/m)
  t.regex(stdout, /^~ update code: image v2 → v1/m)
  const changed = await project.git('diff', '--name-only', 'HEAD~1')
  t.is(changed, 'common/team/code.yaml\nshared/web.yaml')
})

test('S1 · a rollback of one endpoint takes back what its link leads to, and no other', async t => {
  const project = await linkedShop(t)
  await project.edit('shared/web.yaml', 'web:v1', 'web:v2')
  await project.edit('common/team/code.yaml', 'code:v1', 'code:v2')
  await project.commit('second')
  const back = ['rollback', '-e', 'dev', '--to', 'HEAD~1', '--yes', '--other-environments']
  const code = await project.slipway(...back, 'code')
  t.is(code.code, 0, code.stderr)
  t.regex(code.stdout, /^~ update code: image v2 → v1/m)
  t.notRegex(code.stdout, /web/)
  const web = await project.slipway(
    'rollback',
    '-e',
    'dev',
    '--to',
    'HEAD~2',
    '--yes',
    '--other-environments',
    'web',
  )
  t.is(web.code, 0, web.stderr)
  t.is(await project.git('diff', '--name-only', 'HEAD~1'), 'shared/web.yaml')
})

test('S1 · a rollback over the commit that made the links takes them away', async t => {
  const project = await linkedShop(t)
  const back = ['rollback', '-e', 'dev', '--to', 'HEAD~1', '--yes', '--other-environments']
  const { code, stdout, stderr } = await project.slipway(...back)
  t.is(code, 0, stderr)
  t.regex(stdout, /^- delete web/m)
  t.regex(stdout, /^- delete code/m)
  t.is(await project.git('ls-files', 'endpoints'), 'endpoints/chat.yaml\nendpoints/rag.yaml')
})

test('S1 · a project below the root of its repository shares files by links', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  await mkdir(join(project.directory, 'ml'))
  for (const file of ['slipway.yaml', 'endpoints']) await project.git('add', file)
  await project.git('mv', 'slipway.yaml', 'endpoints', 'ml')
  await project.write('common/web.yaml', endpointFile('web'))
  await symlink('../../common/web.yaml', join(project.directory, 'ml/endpoints/web.yaml'))
  await project.commit('one')
  await project.edit('common/web.yaml', 'web:v1', 'web:v2')
  await project.commit('two')
  const ml = ['-C', join(project.directory, 'ml'), '-e', 'dev']
  const shown = await project.slipway('diff', ...ml, '--against', 'HEAD~1..HEAD')
  t.regex(shown.stdout, /^~ update web: image v1 → v2/m)
  const { code, stdout, stderr } = await project.slipway(
    'rollback',
    ...ml,
    '--to',
    'HEAD~1',
    '--yes',
    '--other-environments',
    'web',
  )
  t.is(code, 0, stderr)
  t.regex(stdout, /^Files: \.\.\/common\/web\.yaml$/m)
  t.regex(await readFile(join(project.directory, 'common/web.yaml'), 'utf8'), /web:v1/)
})
