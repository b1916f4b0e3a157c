import { failure } from '../../problem/index.ts'
import { defineCommand } from '../command.ts'
import { durationFlag } from '../duration.ts'
import { applyCommit } from '../next-command.ts'
import { CLUSTER, YES, switchFlag, textFlag } from '../options.ts'
import { COMMITTING, openCheckout, propose } from '../propose.ts'
import { clustersFor } from '../session.ts'

export const promote = defineCommand({
  name: 'promote',
  summary: 'Make the commit that gives one environment the versions that another runs',
  description:
    'Reads what was applied to an environment, became ready and passed its smoke test, and writes its image by digest, its model and its ' +
    'settings into the overlay of another environment in slipway.yaml: a commit, or a pull request, with that evidence. Refused ' +
    'while the endpoint has drifted, is not ready, has not passed a smoke test, or has not soaked. Replicas, resources, hosts and ' +
    'whatever else is specific to the environment stay as they are.',
  positionals: { names: { describe: 'These endpoints', many: true } },
  options: {
    from: textFlag('Take the versions of this environment; its cluster is asked'),
    to: textFlag('Write them for this environment; its cluster is not asked'),
    all: switchFlag('Promote every endpoint that qualifies, and say why the others do not'),
    'min-soak': textFlag('Promote only what has been unchanged there for this long, such as 2h'),
    ...COMMITTING,
    'dry-run': switchFlag('Show what would be promoted and stop'),
    ...YES,
    ...CLUSTER,
  },
  examples: [
    ['promote chat --from staging --to production', 'What staging runs, as a commit'],
    ['promote chat --from staging --to production --min-soak 2h --pr', 'As a pull request'],
    [
      'promote --all --from staging --to production --dry-run',
      'What could be promoted, and why not',
    ],
  ],
  run: async (args, terminal) => {
    const { from, to } = endsOf(args)
    const checkout = await openCheckout(args, terminal)
    const { planPromotion } = await import('../../promotion/index.ts')
    const inCluster = clustersFor({ args, terminal })
    const promotion = await planPromotion({
      ...checkout,
      from,
      to,
      names: args.names,
      minSoakSeconds: durationFlag('--min-soak', args.minSoak) ?? 0,
      withSource: ({ environment }, work) => inCluster(environment, work),
    })
    const { promotionProposal } = await import('../../proposal/index.ts')
    return propose(promotionProposal(promotion), {
      ...checkout,
      args,
      // The context is that of the other environment.
      next: applyCommit(to, { ...args, context: undefined }),
    })
  },
})

interface Ends {
  from?: string | undefined
  to?: string | undefined
  names: readonly string[]
  all: boolean
  environment?: string | undefined
}

function endsOf({ from, to, names, all, environment }: Ends): { from: string; to: string } {
  if (environment !== undefined)
    throw failure('usage', 'promote takes two environments: use --from and --to instead of -e')
  if (from === undefined || to === undefined)
    throw failure('usage', 'promote needs both environments: --from staging --to production')
  if (all === names.length > 0)
    throw failure('usage', 'promote takes the names of endpoints, or --all')
  return { from, to }
}
