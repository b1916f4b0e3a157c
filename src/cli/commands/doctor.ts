import { DOCTOR_VIEWS } from '../../report/index.ts'
import type { DoctorReport } from '../../doctor/index.ts'
import { defineCommand } from '../command.ts'
import { atCluster, switchFlag } from '../options.ts'
import { loadProject, projectFolder, type ProjectArgs } from '../project.ts'
import { clustersFor, type ClusterArgs } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { show } from '../show.ts'

/** A webhook that is down is what is looked for: not to be waited for. */
const WEBHOOK_PATIENCE_SECONDS = 2

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Check that the cluster has what an apply needs',
  description:
    'API server and clock, namespaces, permissions, KServe (version, mode, webhooks), Knative, Istio, metrics APIs, ' +
    'ingress classes, GPUs and quotas against what is planned, and every Secret, ConfigMap, ServiceAccount and claim ' +
    'that the endpoints name; and what is wrong with endpoints that are there. Changes nothing. Exit code 1 when something is missing. With --github it checks the repository ' +
    'on GitHub instead, with gh: environments, their branches and secrets, rules and permissions of workflows.',
  positionals: {},
  options: {
    github: switchFlag('Check what the workflows need of GitHub instead of the cluster; needs gh'),
    ...atCluster(DOCTOR_VIEWS),
  },
  examples: [
    ['doctor -e production', 'Before the first apply, and when one fails'],
    ['doctor --github', 'Before the first pull request, and when a workflow fails'],
    ['doctor -o json', 'For machines'],
  ],
  run: async (args, terminal) => {
    const report = await (args.github ? ofGithub(args) : ofCluster(args, terminal))
    await show(DOCTOR_VIEWS[args.output], report, { terminal })
    return report.findings.some(({ state }) => state === 'missing') ? 1 : 0
  },
})

async function ofGithub(args: ProjectArgs): Promise<DoctorReport> {
  const { examineProjectOnGithub } = await import('../../doctor/index.ts')
  return examineProjectOnGithub(await projectFolder(args), args.environment)
}

async function ofCluster(args: ProjectArgs & ClusterArgs, terminal: Terminal) {
  const { set, objects } = await loadProject(args, terminal)
  const { examine } = await import('../../doctor/index.ts')
  const webhookPatienceSeconds = WEBHOOK_PATIENCE_SECONDS
  const inCluster = clustersFor({ args, terminal, webhookPatienceSeconds })
  return inCluster(set.environment, cluster => examine({ set, objects, cluster }))
}
