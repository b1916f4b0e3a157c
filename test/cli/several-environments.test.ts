import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { shop } from './scratch.ts'

/** `-e a,b`, groups of slipway.yaml and --all-environments, where no cluster is needed. */

async function grouped(t: import('ava').ExecutionContext) {
  const project = await shop()
  t.teardown(project.dispose)
  await project.edit(
    'slipway.yaml',
    'replicas: 2}]}',
    'replicas: 2}]}\n  groups: {both: [production, dev]}',
  )
  await project.commit('first')
  return project
}

test('R7 · render prints several environments as one stream', async t => {
  const { slipway } = await grouped(t)
  const one = await slipway('render', '-e', 'dev')
  t.is(one.code, 0, one.stderr)
  const both = await slipway('render', '-e', 'dev,production', 'chat')
  t.is(both.code, 0, both.stderr)
  t.deepEqual(both.stdout.match(/^# Environment: .*$/gm), [
    '# Environment: dev',
    '# Environment: production',
  ])
  t.deepEqual(both.stdout.match(/^ {2}replicas: .*$/gm), ['  replicas: 1', '  replicas: 2'])
  const json = JSON.parse((await slipway('render', '-e', 'both', '-o', 'json')).stdout) as {
    items: { kind: string; metadata: { namespace: string } }[]
  }
  const spaces = json.items
    .filter(({ kind }) => kind === 'Deployment')
    .map(each => each.metadata.namespace)
  t.deepEqual(spaces, ['llm-prod', 'llm-prod', 'llm-ops', 'llm-ops'], 'in the order of the group')
})

test('R7 · a folder gets one for each environment', async t => {
  const { slipway, directory } = await grouped(t)
  const result = await slipway('render', '--all-environments', '-o', 'dir', '--output-dir', 'out')
  t.is(result.code, 0, result.stderr)
  t.deepEqual((await readdir(join(directory, 'out'))).toSorted(), ['dev', 'production'])
})

test('R7 · validate and diff --against take several', async t => {
  const { slipway, edit } = await grouped(t)
  const valid = await slipway('validate', '-e', 'both', '-o', 'json')
  t.is(valid.code, 0, valid.stderr)
  const { environments } = JSON.parse(valid.stdout) as { environments: { name: string }[] }
  t.deepEqual(
    environments.map(({ name }) => name),
    ['production', 'dev'],
  )
  await edit('slipway.yaml', 'replicas: 2', 'replicas: 3')
  const diff = await slipway(
    'diff',
    '--all-environments',
    '--against',
    'HEAD',
    '-o',
    'json',
    '--exit-code',
  )
  t.is(diff.code, 1, diff.stderr)
  const { items } = JSON.parse(diff.stdout) as {
    items: { environment: string; endpoints: unknown[] }[]
  }
  t.deepEqual(
    items.map(each => [each.environment, each.endpoints.length]),
    [
      ['dev', 0],
      ['production', 2],
    ],
  )
})

test('R8 · what is about one environment is refused for several', async t => {
  const { slipway, edit } = await grouped(t)
  const refused: [args: string[], message: RegExp][] = [
    [['diff', '-e', 'both', '--context', 'here'], /--context takes one environment/],
    [['apply', '-e', 'both', '--plan-hash', 'x', '--yes'], /--plan-hash takes one environment/],
    [['status', '-e', 'both', '--watch'], /--watch takes one environment/],
    [['render', '-e', 'dev', '--all-environments'], /exclude each other/],
    [['diff', '-e', 'both', '--against', 'HEAD', '-o', 'html'], /a page about one environment/],
  ]
  for (const [args, message] of refused) {
    const { code, stderr } = await slipway(...args)
    t.is(code, 2, stderr)
    t.regex(stderr, message)
  }
  const unknown = await slipway('render', '-e', 'dev,prod')
  t.is(unknown.code, 2, 'the one that there is does not hide it')
  t.regex(unknown.stderr, /there is no environment "prod"/)
  await edit('slipway.yaml', 'dev: {}', 'dev: {pipeline: false}')
  await edit('slipway.yaml', 'production: {', 'production: {pipeline: false, ')
  t.regex(
    (await slipway('render', '--all-environments')).stderr,
    /no environment that pipelines apply/,
  )
})
