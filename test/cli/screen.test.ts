import test from 'ava'
import type { ScratchProject } from '../support/project.ts'
import { onTerminal } from '../support/on-terminal.ts'
import { screenOf, SIZES } from '../support/screen.ts'
import { endpointFile, shop } from './scratch.ts'

/** Commands on a real terminal of each size: what they wrote, as the screen shows it. */

let project: ScratchProject
test.before(async () => {
  project = await shop()
  await project.commit('Before')
  await project.write(
    'endpoints/chat.yaml',
    endpointFile('chat', '  env: {MODE: quick and thorough}\n'),
  )
})
test.after.always(() => project.dispose())

for (const [index, size] of SIZES.entries()) {
  // Each is a process: one size without colours is enough.
  const env = index === 1 ? { NO_COLOR: '1' } : {}
  const { columns, rows } = size

  test.serial(
    `R3 · ${columns}x${rows} · what a change means is on the screen, and no row is broken`,
    async t => {
      const args = ['diff', '-e', 'dev', '--against', 'HEAD']
      const { code, screen: output } = await onTerminal({ args, cwd: project.directory, size, env })
      const screen = await screenOf(output, size)
      t.is(code, 0, output)
      t.deepEqual(screen.broken, [])
      const [head = ''] = screen.visible
      t.regex(head, /^~ update chat: env MODE;/)
      t.regex(
        screen.visible.join(' ').replaceAll(/\s+/g, ' '),
        /Differences in 1 object of 1 endpoint: /,
      )
      t.is(screen.colourOf('~ update'), index === 1 ? undefined : 3)
    },
  )
}
