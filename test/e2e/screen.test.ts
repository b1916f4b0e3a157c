import type { ExecutionContext } from 'ava'
import { deployedProject } from '../support/deployed-project.ts'
import { onTerminal, type Step } from '../support/on-terminal.ts'
import { sandboxTest, type SandboxContext } from '../support/sandbox.ts'
import { screenOf, SIZES, type Screen, type Size } from '../support/screen.ts'

/** Applies to a real API server on a real terminal, as the screen shows them in the end. */

const { serial } = sandboxTest()
const [SMALL, LARGE, WHOLE] = SIZES as [Size, Size, Size]

/** What its pods take to become ready. */
const LOADING = 'annotations: {pod-ready.stage.kwok.x-k8s.io/delay: 3s}'
const MISSING = 'labels: {sandbox.slipway.dev/trouble: image-pull}'

interface Watching {
  /** Of each endpoint, what is written beside its name. */
  endpoints: Record<string, string>
  args: string[]
  size: Size
  steps: Step[]
  env?: NodeJS.ProcessEnv
}

async function watched(t: ExecutionContext<SandboxContext>, watching: Watching) {
  const { endpoints, args, size, steps, env = {} } = watching
  const names = Object.keys(endpoints)
  const project = await deployedProject(t, Object.fromEntries(names.map(name => [name, ''])))
  for (const [name, metadata] of Object.entries(endpoints))
    await project.edit(`endpoints/${name}.yaml`, `{name: ${name}}`, `{name: ${name}, ${metadata}}`)
  await project.commit('As they run here')
  const { directory: cwd } = project
  const around = { KUBECONFIG: t.context.sandbox.kubeconfig, ...env }
  const {
    code,
    screen: written,
    played,
  } = await onTerminal({ args, cwd, size, steps, env: around })
  return { code, written, project, screen: await screenOf(played, size) }
}

/** No row of what is drawn while something is waited for. */
function isOver(t: ExecutionContext, { all }: Screen): void {
  t.deepEqual(
    all.filter(line => /^… |of loadTime|endpoints? queued/.test(line)),
    [],
    all.join('\n'),
  )
}

serial('R2, R14 · 80x24 · an apply of which one fails: asked, told once, cause first', async t => {
  const { code, screen } = await watched(t, {
    endpoints: { chat: LOADING, search: MISSING },
    args: ['apply', '--timeout', '20s'],
    size: SMALL,
    steps: [{ after: '[y/N] ', type: 'y\r' }],
  })
  const text = screen.all.join('\n')
  t.is(code, 1, text)
  isOver(t, screen)
  t.deepEqual(screen.broken, [])
  t.regex(text, /^\d\d:\d\d:\d\d ✓ chat is ready after [\d.]+s$/m)
  t.is(screen.all.filter(line => line.startsWith('✗ search: image ')).length, 1, text)
  // The last screen is enough to go on.
  const seen = screen.visible.join('\n')
  t.regex(seen, /^✗ search: image registry\.example\.com\/search:v1 /m)
  t.regex(seen, /^next: slipway status -e test search$/m)
})

serial('R14 · 120x40 · the window becomes narrow in the middle, without colours', async t => {
  const { code, screen, written } = await watched(t, {
    endpoints: { chat: LOADING },
    args: ['apply', '--yes'],
    size: LARGE,
    steps: [{ after: 'of loadTime', resize: { columns: 64, rows: 20 } }],
    env: { NO_COLOR: '1' },
  })
  t.is(code, 0, written)
  isOver(t, screen)
  // What was there before is for the terminal to break.
  const since = screen.all.findIndex(line => line.includes('chat is ready after'))
  t.true(since > 0, written)
  t.deepEqual(
    screen.broken.filter(line => screen.all.indexOf(line) >= since),
    [],
  )
  // The cursor is moved and what is below it is erased: nothing else.
  // oxlint-disable-next-line no-control-regex -- that is what is looked for
  const steering = [...written.matchAll(/\u001B\[\d*(\w)/g)].map(([, what]) => what)
  t.deepEqual(new Set(steering), new Set(['A', 'J']))
})

serial(
  'R14 · 200x50 · Ctrl-C while an endpoint is waited for: what is written is told',
  async t => {
    const { code, screen, project } = await watched(t, {
      endpoints: { chat: 'annotations: {pod-ready.stage.kwok.x-k8s.io/delay: 10m}' },
      args: ['apply', '--yes', 'chat'],
      size: WHOLE,
      steps: [{ after: 'of loadTime', type: '\u0003' }],
    })
    const text = screen.all.join('\n')
    t.is(code, 130, text)
    isOver(t, screen)
    t.deepEqual(screen.broken, [])
    t.regex(text, /^next: slipway apply -e test chat$/m)
    t.notRegex(text, /skipped/)

    // In a pipe the same is lines, without anything that steers a terminal.
    const { stdout, stderr } = await project.slipway('status')
    // oxlint-disable-next-line no-control-regex -- that is what is looked for
    t.notRegex(stdout + stderr, /[\u0000-\u0008\u000B-\u001F\u007F]/)
  },
)
