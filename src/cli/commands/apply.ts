import type { Plan, PlanRequest } from '../../plan/index.ts'
import { failure } from '../../problem/index.ts'
import { applyOptions, APPLYING, ATTEMPT } from '../applying.ts'
import { carryOut } from '../carry-out.ts'
import { defineCommand } from '../command.ts'
import { SEVERAL } from '../environments.ts'
import { inEnvironments } from '../in-environments.ts'
import { confirm } from '../confirm.ts'
import { CLUSTER, NAMESPACE, viewOption } from '../options.ts'
import { MOVED, ORDER, PLAN, planOptions } from '../planning.ts'
import { loadWithProvenance, projectFolder } from '../project.ts'
import { applyLastGood } from '../rollback-on-failure.ts'
import type { Proven } from '../rollback-on-failure.ts'
import { withCluster } from '../session.ts'
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
    through: {
      type: 'boolean',
      default: false,
      describe: 'Go on with the next environment after one that fails, instead of stopping there',
    },
    ...APPLYING,
    ...PLAN,
    ...MOVED,
    ...CLUSTER,
    ...NAMESPACE,
    ...viewOption(OUTCOME_VIEWS),
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
  run: (asked, around) =>
    inEnvironments(
      asked,
      { order: asked.through ? 'through' : 'in-order', format: asked.output, terminal: around },
      async (args, terminal) => {
        refuseSmokeUnwaited(args)
        const directory = await projectFolder(args)
        const wanted = { directory, revision: args.revision }
        const { provenance, project } = await loadWithProvenance(args, wanted, terminal)
        const only = args.names.length === 0 ? {} : { only: args.names }
        const { actionsOf, planSet } = await import('../../plan/index.ts')
        const { environment } = project.set
        const options = {
          ...applyOptions(args),
          restoreReplaced: args.rollbackOnFailure,
          endpoints: project.set.endpoints,
          ...(args.smoke && { smoke: project.set.endpoints }),
        }
        const webhookPatienceSeconds = options.timeoutSeconds
        return withCluster(
          { args, environment, terminal, webhookPatienceSeconds },
          async cluster => {
            const planFor = (proven: Proven, limit: Partial<PlanRequest> = only) =>
              planSet({
                ...proven.project,
                provenance: proven.provenance,
                cluster,
                ...limit,
                options: { ...planOptions(args), ...limit.options, predict: args.dryRun },
              })
            const approve = async (plan: Plan) => {
              if (args.yes || actionsOf(plan).length === 0 || !terminal.isInteractive) return true
              return confirm(`Apply this to ${plan.environment} (${cluster.context})?`, terminal)
            }
            const makePlan = async () => planFor({ project, provenance })
            const job = { args, cluster, directory, options, terminal, makePlan, approve }
            const { exitCode, failed } = await carryOut(job)
            if (failed.length > 0 && args.rollbackOnFailure)
              await applyLastGood({ job, args, provenance, project, failed, planFor })
            return exitCode
          },
        )
      },
    ),
})

function refuseSmokeUnwaited({ smoke, wait }: { smoke: boolean; wait: boolean }): void {
  if (!smoke || wait) return
  throw failure('usage', '--smoke cannot be used with --no-wait', {
    remedy: 'Use one of them; `slipway smoke` runs the tests later.',
  })
}
