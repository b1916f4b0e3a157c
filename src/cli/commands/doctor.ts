import { doctorAsJson, doctorAsText } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { jsonText } from '../json.ts'
import { CLUSTER, NAMESPACE, outputOption } from '../options.ts'
import { loadProject } from '../project.ts'
import { withCluster } from '../session.ts'

/** A webhook that is down is what is looked for: not to be waited for. */
const WEBHOOK_PATIENCE_SECONDS = 2

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Check that the cluster has what an apply needs',
  description:
    'API server and clock, namespaces, permissions, KServe (version, mode, webhooks), Knative, Istio, metrics APIs, ' +
    'ingress classes, GPUs and quotas against what is planned, and every Secret, ConfigMap, ServiceAccount and claim ' +
    'that the endpoints name. Changes nothing. Exit code 1 when something is missing.',
  positionals: {},
  options: { ...CLUSTER, ...NAMESPACE, ...outputOption(['text', 'json']) },
  examples: [
    ['doctor -e production', 'Before the first apply, and when one fails'],
    ['doctor -o json', 'For machines'],
  ],
  run: async (args, terminal) => {
    const { set, objects } = await loadProject(args, terminal)
    const { environment } = set
    const { examine } = await import('../../doctor/index.ts')
    const webhookPatienceSeconds = WEBHOOK_PATIENCE_SECONDS
    return withCluster({ args, environment, terminal, webhookPatienceSeconds }, async cluster => {
      const findings = await examine({ set, objects, cluster })
      const report = { environment: environment.name, server: cluster.server, findings }
      terminal.out(
        args.output === 'json'
          ? jsonText(doctorAsJson(report))
          : doctorAsText(report, terminal.paintOut),
      )
      return findings.some(({ state }) => state === 'missing') ? 1 : 0
    })
  },
})
