import { DEPLOYMENT, isOf, kindOf, podQueryOf } from '../../kinds/index.ts'
import { APPLYSET, ENDPOINT_LABEL, type KubeObject } from '../../object/index.ts'
import type { Run } from '../run.ts'

/** Watches what a workload brings about: one watch per kind and namespace for all endpoints whose pods carry our label. */
export async function followChildren({ watching, plan }: Run, workload: KubeObject): Promise<void> {
  const { namespace } = workload.metadata
  if (namespace === undefined) return
  const labelSelector = podQueryOf(workload)
  if (labelSelector === undefined) return
  const { makes = [] } = kindOf(workload)
  const children = makes.some(type => isOf(type, DEPLOYMENT))
    ? [
        watching.follow({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          namespace,
          labelSelector:
            labelSelector === ENDPOINT_LABEL ? `${APPLYSET.partOf}=${plan.setId}` : labelSelector,
        }),
        watching.follow({
          apiVersion: 'v1',
          kind: 'Event',
          namespace,
          fieldSelector: `involvedObject.kind=${workload.kind}`,
        }),
      ]
    : []
  await Promise.all([
    ...children,
    watching.follow({ apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace, labelSelector }),
    watching.follow({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector }),
    watching.follow({ apiVersion: 'v1', kind: 'Event', namespace, fieldSelector: POD_EVENTS }),
  ])
}

/** All that a diagnosis looks at (a pull that goes on, a probe that killed a container): not what every container's start says. */
const POD_EVENTS = [
  'involvedObject.kind=Pod',
  ...['Scheduled', 'Created', 'Started'].map(reason => `reason!=${reason}`),
].join(',')
