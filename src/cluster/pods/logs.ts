import type { LogQuery } from '../cluster.ts'
import type { Session } from '../session.ts'

/** As much of a container's log as a report shows. */
const MOST_BYTES = 1_000_000

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#get-read-log-of-the-specified-pod */
export function podLogs(
  { transport, signal }: Session,
  { namespace, pod, container, previous, tailLines }: LogQuery,
): Promise<string> {
  return transport.text({
    verb: 'logs',
    method: 'GET',
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`,
    query: {
      container,
      previous: previous === true ? 'true' : undefined,
      tailLines: tailLines?.toString(),
      limitBytes: String(MOST_BYTES),
    },
    accept: '*/*',
    ref: { apiVersion: 'v1', kind: 'Pod', namespace, name: pod },
    idempotent: true,
    signal,
  })
}
