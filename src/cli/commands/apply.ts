import type { Plan } from '../../plan/index.ts'
import { applyOptions, APPLYING, ATTEMPT, UNWAITED } from '../applying.ts'
import { carryOut } from '../carry-out.ts'
import { defineCommand } from '../command.ts'
import { SEVERAL } from '../environments.ts'
import { confirm } from '../confirm.ts'
import { atCluster, refuseGiven, switchFlag } from '../options.ts'
import { MOVED, ORDER, PLAN, planOptions } from '../planning.ts'
import { loadWithProvenance } from '../project.ts'
import { returnToLastGood } from '../last-good.ts'
import { clustersFor } from '../session.ts'
import { OUTCOME_VIEWS } from '../../report/index.ts'

export const apply = defineCommand({
  name: 'apply',
  summary: 'Make the cluster match git, and wait until endpoints are ready',
  description:
    'Loads and renders the project, plans, shows the plan and, on a terminal, asks. Then takes the lock, applies in waves ' +
    '(configuration, workload, Service, traffic), deletes what is no longer rendered, waits, and records the revision. ' +
    'Endpoints are independent: one that fails does not stop the others.',
  positionals: { names: { describe: 'Only these endpoints', many: true } },
  options: {
    ...ATTEMPT,
    ...ORDER,
    ...SEVERAL,
    through: switchFlag(
      'Go on with the next environment after one that fails, instead of stopping there',
    ),
    ...APPLYING,
    ...PLAN,
    ...MOVED,
    ...atCluster(OUTCOME_VIEWS),
  },
  examples: [
    ['apply -e production', 'Everything'],
    ['apply -e staging,production', 'One after the other: production only where staging succeeds'],
    ['apply -e production chat --timeout 20m', 'One endpoint, with more time to load'],
    [
      'apply -e production --smoke',
      'And run the smoke test of each endpoint before calling it done',
    ],
    ['apply --plan-hash 3f9c…', 'Only the plan that was reviewed'],
    ['apply --log-format json --yes 2>events.jsonl', 'Events for machines'],
  ],
  course: ({ through, output }) => ({ order: through ? 'through' : 'in-order', format: output }),
  run: async (args, terminal) => {
    const { revision, smoke, wait } = args
    const remedy = 'Use one of them; `slipway smoke` runs the tests later.'
    if (!wait) refuseGiven({ '--smoke': smoke }, UNWAITED, remedy)
    const options = { ...applyOptions(args), restoreReplaced: args.rollbackOnFailure }
    const webhookPatienceSeconds = options.timeoutSeconds
    const inCluster = clustersFor({ args, terminal, webhookPatienceSeconds })
    const { provenance, project } = await loadWithProvenance(args, terminal, { revision })
    const { actionsOf } = await import('../../plan/index.ts')
    const { projectDelivery } = await import('../../delivery/index.ts')
    const { directory, set } = project
    return inCluster(set.environment, async cluster => {
      const how = {
        cluster,
        only: args.names,
        planOptions: { ...planOptions(args), predict: args.dryRun },
        applyOptions: options,
        smoke,
      }
      const approve = async (plan: Plan) => {
        if (args.yes || actionsOf(plan).length === 0 || !terminal.isInteractive) return true
        return confirm(`Apply this to ${plan.environment} (${cluster.context})?`, terminal)
      }
      const delivery = projectDelivery({ project, provenance }, how)
      const job = { ...delivery, args, directory, terminal, approve }
      const { exitCode, failed } = await carryOut(job)
      if (failed.length > 0 && args.rollbackOnFailure)
        await returnToLastGood(job, { project, provenance, choice: args, failed, how })
      return exitCode
    })
  },
})
