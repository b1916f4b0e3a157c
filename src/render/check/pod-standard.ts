import { at, entries, members, number, text, items, type JsonMap } from '../../object/index.ts'
import { shown } from './read.ts'

export type Standard = 'baseline' | 'restricted'

/** https://kubernetes.io/docs/concepts/security/pod-security-standards, as of Kubernetes 1.37 */

const RESTRICTED_VOLUMES = [
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

const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_notsent_lowat',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_slow_start_after_idle',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]

const BASELINE_CAPABILITIES =
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  )

const SELINUX_TYPES = [
  undefined,
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]

/** What a pod's own fields violate. */
export function podViolations(spec: unknown, standard: Standard): string[] {
  const host = ['hostNetwork', 'hostPID', 'hostIPC'].filter(field => at(spec, field) === true)
  const volumes = entries(at(spec, 'volumes')).filter(volume => isForbidden(volume, standard))
  const sysctls = entries(at(spec, 'securityContext', 'sysctls')).filter(
    ({ name }) => !SAFE_SYSCTLS.includes(shown(name)),
  )
  return [
    ...host.map(field => `${field} is true`),
    ...volumes.map(volume => `volume ${shown(volume['name'])} is of a forbidden type`),
    ...sysctls.map(({ name }) => `it sets the sysctl ${shown(name)}`),
    ...contextFaults(at(spec, 'securityContext'), spec, standard).map(fault => `the pod ${fault}`),
  ]
}

const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/'

/** What annotations of a pod violate: the older way to say a profile still counts. */
export function annotationViolations(annotations: Readonly<Record<string, string>>): string[] {
  return Object.entries(annotations)
    .filter(([name, value]) => name.startsWith(APPARMOR) && !isProfile(value))
    .map(([name]) => `the annotation ${name} switches AppArmor off`)
}

function isProfile(value: string): boolean {
  return value === '' || value === 'runtime/default' || value.startsWith('localhost/')
}

function isForbidden(volume: JsonMap, standard: Standard): boolean {
  const types = Object.keys(volume).filter(key => key !== 'name')
  if (standard === 'baseline') return types.includes('hostPath')
  return types.some(type => !RESTRICTED_VOLUMES.includes(type))
}

/** What one container violates. */
export function containerViolations(
  container: JsonMap,
  pod: unknown,
  standard: Standard,
): string[] {
  const own = container['securityContext']
  const added = items(at(own, 'capabilities', 'add'))
  const allowed = standard === 'baseline' ? BASELINE_CAPABILITIES : ['NET_BIND_SERVICE']
  const faults: Record<string, boolean> = {
    'is privileged': at(own, 'privileged') === true,
    'adds capabilities': added.some(name => !allowed.includes(shown(name))),
    'has a host port': entries(container['ports']).some(port => Number(port['hostPort'] ?? 0) > 0),
    'has a probe or hook of another host': asksAnotherHost(container),
    'changes /proc':
      ![undefined, 'Default'].includes(text(at(own, 'procMount'))) &&
      (standard === 'restricted' || !hasOwnUsers(pod)),
  }
  return [
    ...Object.keys(faults).filter(fault => faults[fault]),
    ...contextFaults(own, pod, standard),
    ...(standard === 'restricted' ? missing(own, pod) : []),
  ]
}

/** In a user namespace of its own, root is nobody outside of it. */
function hasOwnUsers(pod: unknown): boolean {
  return at(pod, 'hostUsers') === false
}

/** Fields that pods and containers have alike. */
function contextFaults(context: unknown, pod: unknown, standard: Standard): string[] {
  const selinux = members(at(context, 'seLinuxOptions'))
  const seccomp = text(at(context, 'seccompProfile', 'type'))
  const faults: Record<string, boolean> = {
    'is a host process': at(context, 'windowsOptions', 'hostProcess') === true,
    'has no AppArmor profile': text(at(context, 'appArmorProfile', 'type')) === 'Unconfined',
    'has SELinux options':
      !SELINUX_TYPES.includes(text(selinux['type'])) ||
      [selinux['user'], selinux['role']].some(value => ![undefined, ''].includes(text(value))),
    'has no seccomp profile': seccomp === 'Unconfined',
    'may run as root':
      standard === 'restricted' &&
      !hasOwnUsers(pod) &&
      (at(context, 'runAsNonRoot') === false || number(at(context, 'runAsUser')) === 0),
  }
  return Object.keys(faults).filter(fault => faults[fault])
}

/** What "restricted" wants to be there, in the container or its pod. */
function missing(own: unknown, pod: unknown): string[] {
  const inherited = (...path: string[]) => at(own, ...path) ?? at(pod, 'securityContext', ...path)
  // There, these fields must not be set.
  const isWindows = at(pod, 'os', 'name') === 'windows'
  const faults: Record<string, boolean> = {
    'may escalate privileges': !isWindows && at(own, 'allowPrivilegeEscalation') !== false,
    'does not drop ALL capabilities':
      !isWindows && !items(at(own, 'capabilities', 'drop')).includes('ALL'),
    'may run as root': !hasOwnUsers(pod) && inherited('runAsNonRoot') === undefined,
    'has no seccomp profile': !isWindows && inherited('seccompProfile', 'type') === undefined,
  }
  return Object.keys(faults).filter(fault => faults[fault])
}

/** Probes and hooks make the kubelet send requests; to the pod itself only. */
function asksAnotherHost(container: JsonMap): boolean {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container
  const handlers = [
    livenessProbe,
    readinessProbe,
    startupProbe,
    at(lifecycle, 'postStart'),
    at(lifecycle, 'preStop'),
  ]
  return handlers.some(handler =>
    ['httpGet', 'tcpSocket'].some(
      type => ![undefined, ''].includes(text(at(handler, type, 'host'))),
    ),
  )
}
