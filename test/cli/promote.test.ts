import test from 'ava'
import { shop } from './scratch.ts'

/** What `promote` wants to know before it asks a cluster. */

const WRONG: [args: string[], message: RegExp][] = [
  [
    ['chat', '--to', 'production'],
    /promote needs both environments: --from staging --to production/,
  ],
  [['chat', '--from', 'dev', '--to', 'dev'], /--from and --to are both dev/],
  [['--from', 'dev', '--to', 'production'], /takes the names of endpoints, or --all/],
  [
    ['chat', '--all', '--from', 'dev', '--to', 'production'],
    /takes the names of endpoints, or --all/,
  ],
  [['chat', '-e', 'dev', '--to', 'production'], /use --from and --to instead of -e/],
  [
    ['chat', '--from', 'dev', '--to', 'production', '--min-soak', 'long'],
    /--min-soak cannot be "long"/,
  ],
  [['chat', '--from', 'dev', '--to', 'prod'], /there is no environment "prod"/],
]

test('G2 · what is missing, or names nothing, is said before any cluster is asked', async t => {
  const project = await shop({ KUBECONFIG: '/does/not/exist' })
  t.teardown(project.dispose)
  const head = await project.commit('first')
  for (const [args, message] of WRONG) {
    // oxlint-disable-next-line no-await-in-loop
    const { code, stderr } = await project.slipway('promote', ...args)
    t.is(code, 2, args.join(' '))
    t.regex(stderr, message)
  }
  const { code, stderr } = await project.slipway(
    'promote',
    'caht',
    '--from',
    'dev',
    '--to',
    'production',
  )
  t.is(code, 2)
  t.regex(stderr, /there is no endpoint "caht"\n {2}do: Did you mean "chat"\?/)
  t.is(await project.git('rev-parse', 'HEAD'), head)
})
