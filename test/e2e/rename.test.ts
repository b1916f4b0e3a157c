import { deployedProject, endpointText } from '../support/deployed-project.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** An endpoint under a new name is no outage: the old one goes when the new one is ready. */

const { serial } = sandboxTest()

const renamed = (more = '') => endpointText('talk', more).replace('/talk:v1', '/chat:v1')
const TROUBLE = `  patches:
    - target: {kind: Deployment}
      merge: {spec: {template: {metadata: {labels: {sandbox.slipway.dev/trouble: image-pull}}}}}
`

serial('a renamed endpoint is ready under its new name before the old one is deleted', async t => {
  const { expect, remove, write, kubectl, namespace } = await deployedProject(t, { chat: '' })
  await expect(0, 'apply', '--yes')
  await remove('endpoints/chat.yaml')
  await write('endpoints/talk.yaml', renamed())
  const { stdout } = await expect(0, 'diff')
  t.regex(stdout, /renamed to talk/)
  const { stderr } = await expect(0, 'apply', '--yes')
  const ready = stderr.indexOf('talk is ready')
  const deleting = stderr.search(/deleting .*\/chat\b/)
  t.true(ready > 0 && ready < deleting, stderr)
  t.is(await kubectl.get('deployment', 'chat', namespace), undefined)
})

serial('the old one is kept while its successor is not ready', async t => {
  const { expect, remove, write, kubectl, namespace } = await deployedProject(t, { chat: '' })
  await expect(0, 'apply', '--yes')
  await remove('endpoints/chat.yaml')
  await write('endpoints/talk.yaml', renamed(TROUBLE))
  const { stderr } = await expect(1, 'apply', '--yes')
  t.regex(stderr, /chat is kept: it was renamed to talk, which is not ready/)
  await expect(1, 'apply', '--yes')
  t.truthy(await kubectl.get('deployment', 'chat', namespace), 'also when tried again')
  await write('endpoints/talk.yaml', renamed())
  await expect(0, 'apply', '--yes')
  t.is(await kubectl.get('deployment', 'chat', namespace), undefined)
  t.truthy(await kubectl.get('deployment', 'talk', namespace))
})
