import test from 'ava'
import {
  compareRenders,
  findProject,
  hasErrors,
  loadSet,
  openFolder,
  renderSet,
  SlipwayError,
  toYaml,
} from '../src/index.ts'
import { shop } from './cli/scratch.ts'

test('as a library slipway loads, renders and compares as the command line does', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  const source = openFolder(await findProject(`${project.directory}/endpoints`))
  const { value: set, problems } = await loadSet({ source, environment: 'dev' })
  if (set === undefined) throw new Error(JSON.stringify(problems))
  const rendered = renderSet(set)
  t.false(hasErrors(rendered.problems))
  const { stdout } = await project.slipway('render', '-e', 'dev')
  t.is(toYaml(rendered.objects), stdout)
  const [first, ...others] = rendered.objects
  t.like(compareRenders(rendered.objects, others), [
    { type: 'removed', endpoint: first?.endpoint.name ?? '' },
  ])
})

test('what is wrong is a value; only what makes going on pointless is thrown', async t => {
  const project = await shop()
  t.teardown(project.dispose)
  await project.write('endpoints/chat.yaml', 'kind: [')
  const { value, problems } = await loadSet({ source: openFolder(project.directory) })
  t.is(value, undefined)
  t.true(hasErrors(problems))
  await t.throwsAsync(findProject('/'), { instanceOf: SlipwayError })
})
