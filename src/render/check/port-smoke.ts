import { formatPorts, podHasPort } from './ports.ts'
import { nameOf, type Rule } from './rule.ts'

/** Smoke checks and port-forwards go to spec.port: the pods have it (K1, K4). */
export const portSmoke: Rule = {
  id: 'port-smoke',
  find: view =>
    view.pods
      .filter(pods => !podHasPort(pods, pods.endpoint.spec.port))
      .map(({ workload, endpoint, containers }) => ({
        rendering: workload,
        field: 'spec.port',
        message: `smoke checks of ${endpoint.name} go to port ${endpoint.spec.port}, where the pods of ${nameOf(workload)} have ${formatPorts(containers)}`,
        remedy: 'Change spec.port instead of the container port alone.',
      })),
}
