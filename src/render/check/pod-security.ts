import type { Pods } from './pods.ts'
import { nameOfContainer } from './ports.ts'
import { at, entries, shown } from './read.ts'
import type { Members } from './read.ts'
import { nameOf } from './rule.ts'
import type { Rule } from './rule.ts'

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]

/** With podSecurity: restricted, pods pass Pod Security "restricted", patches counted. */
export const podSecurity: Rule = {
  id: 'pod-security',
  find: view =>
    view.pods
      .filter(({ workload }) => workload.endpoint.spec.podSecurity === 'restricted')
      .flatMap(pods =>
        violations(pods).map(violation => ({
          rendering: pods.workload,
          field: 'spec.podSecurity',
          message: `the pods of ${nameOf(pods.workload)} are not "restricted": ${violation}`,
          cause: 'A namespace that enforces the standard refuses them.',
          remedy: 'Give the container the same security context, or set podSecurity: false.',
        })),
      ),
}

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */
function violations({ spec, containers }: Pods): string[] {
  const all = [...entries(at(spec, 'initContainers')), ...containers]
  const host = ['hostNetwork', 'hostPID', 'hostIPC'].filter(field => at(spec, field) === true)
  const volumes = entries(at(spec, 'volumes')).filter(volume =>
    Object.keys(volume).some(key => key !== 'name' && !VOLUMES.includes(key)),
  )
  return [
    ...host.map(field => `${field} is true`),
    ...volumes.map(volume => `volume ${shown(volume['name'])} is of a forbidden type`),
    ...all.flatMap(container =>
      containerViolations(container, spec).map(
        fault => `container ${nameOfContainer(container)} ${fault}`,
      ),
    ),
  ]
}

function containerViolations(container: Members, pod: unknown): string[] {
  const own = container['securityContext']
  const inherited = (...path: string[]) => at(own, ...path) ?? at(pod, 'securityContext', ...path)
  const dropped = at(own, 'capabilities', 'drop')
  const added = at(own, 'capabilities', 'add')
  const faults: Record<string, boolean> = {
    'is privileged': at(own, 'privileged') === true,
    'may escalate privileges': at(own, 'allowPrivilegeEscalation') !== false,
    'does not drop ALL capabilities': !(Array.isArray(dropped) && dropped.includes('ALL')),
    'adds capabilities': Array.isArray(added) && added.some(name => name !== 'NET_BIND_SERVICE'),
    'may run as root': inherited('runAsNonRoot') !== true || inherited('runAsUser') === 0,
    'has no seccomp profile': !['RuntimeDefault', 'Localhost'].includes(
      shown(inherited('seccompProfile', 'type')),
    ),
    'has a host port': entries(container['ports']).some(port => Number(port['hostPort'] ?? 0) > 0),
  }
  return Object.keys(faults).filter(fault => faults[fault])
}
