import type { Plan } from '../../plan/index.ts'
import { applyOptions, APPLYING } from '../applying.ts'
import { carryOut } from '../carry-out.ts'
import { defineCommand } from '../command.ts'
import { confirm } from '../confirm.ts'
import { refuseOlderCommit } from '../older-commit.ts'
import { CLUSTER, NAMESPACE, outputOption } from '../options.ts'
import { PLAN, planOptions } from '../planning.ts'
import { loadProject, projectFolder } from '../project.ts'
import type { Project } from '../project.ts'
import { applyLastGood } from '../rollback-on-failure.ts'
import { findRevision } from '../revision.ts'
import { withCluster } from '../session.ts'

export const apply = defineCommand({
  name: 'apply',
  summary: 'Make the cluster match git, and wait until endpoints are ready',
  description:
    'Loads and renders the project, plans, shows the plan and, on a terminal, asks. Then takes the lock, applies in waves ' +
    '(configuration, workload, Service, traffic), deletes what is no longer rendered, waits, and records the revision. ' +
    'Endpoints are independent: one that fails does not stop the others.',
  positionals: { names: { describe: 'Only these endpoints', many: true } },
  options: {
    revision: {
      type: 'string',
      requiresArg: true,
      describe: 'Apply the project as of this commit instead of the files here',
    },
    'allow-older': {
      type: 'boolean',
      default: false,
      describe: 'Apply a commit older than the one applied last',
    },
    'rollback-on-failure': {
      type: 'boolean',
      default: false,
      describe: 'When an endpoint fails, apply the last commit that was applied with success',
    },
    ...APPLYING,
    ...PLAN,
    ...CLUSTER,
    ...NAMESPACE,
    ...outputOption(['text', 'json']),
  },
  examples: [
    ['apply -e production', 'Everything'],
    ['apply -e production chat --timeout 20m', 'One endpoint, with more time to load'],
    ['apply --plan-hash 3f9c…', 'Only the plan that was reviewed'],
    ['apply --log-format json --yes 2>events.jsonl', 'Events for machines'],
  ],
  run: async (args, terminal) => {
    const options = applyOptions(args)
    const directory = await projectFolder(args)
    const revision = await findRevision(directory, { revision: args.revision, env: terminal.env })
    const project = await loadProject(args, terminal, revision.source)
    const only = args.names.length === 0 ? {} : { only: args.names }
    const { planSet } = await import('../../plan/index.ts')
    const { environment } = project.set
    return withCluster({ args, environment, terminal }, async cluster => {
      const planFor =
        ({ set, objects }: Project) =>
        () =>
          planSet({ set, objects, cluster, ...only, options: planOptions(args) })
      const approve = async (plan: Plan) => {
        if (!args.allowOlder) await refuseOlderCommit(plan, revision)
        if (args.yes || plan.actions.length === 0 || !terminal.isInteractive) return true
        return confirm(`Apply this to ${plan.environment} (${cluster.context})?`, terminal)
      }
      const makePlan = planFor(project)
      const job = { args, cluster, directory, options, revision, terminal, makePlan, approve }
      const { exitCode, isFailed } = await carryOut(job)
      if (isFailed && args.rollbackOnFailure) await applyLastGood({ job, args, project, planFor })
      return exitCode
    })
  },
})
