/** Pods and the strictest Pod Security standard that they pass: test/render has our answer, test/e2e the API server's. */

export type Passes = 'restricted' | 'baseline' | 'neither'

interface Changes {
  pod?: object
  context?: object
  container?: object
  containerContext?: object
  annotations?: Record<string, string>
}

/** A pod that passes "restricted", changed. */
function aPod(name: string, { pod, context, container, containerContext, annotations }: Changes) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, annotations },
    spec: {
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
        ...context,
      },
      containers: [
        {
          name: 'server',
          image: 'registry.example.com/server:1',
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            ...containerContext,
          },
          ...container,
        },
      ],
      ...pod,
    },
  }
}

const plain = { name: 'plain', image: 'registry.example.com/plain:1' }
const httpGet = { path: '/', port: 8080, host: '10.0.0.1' }
const volume = (source: object) => ({ pod: { volumes: [{ name: 'v', ...source }] } })
const sysctl = (name: string) => ({ context: { sysctls: [{ name, value: '1' }] } })
const added = (...add: string[]) => ({ containerContext: { capabilities: { drop: ['ALL'], add } } })
const selinux = (seLinuxOptions: object) => ({ context: { seLinuxOptions } })

const ROWS: Record<Passes, Record<string, Changes>> = {
  restricted: {
    'as-it-is': {},
    'bound-to-low-ports': added('NET_BIND_SERVICE'),
    'non-root-in-container': {
      context: { runAsNonRoot: undefined },
      containerContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        runAsNonRoot: true,
      },
    },
    'seccomp-in-container': {
      context: { seccompProfile: undefined },
      containerContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      },
    },
    'own-seccomp-profile': {
      context: { seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } },
    },
    'a-user': { context: { runAsUser: 1000 } },
    'empty-dir': volume({ emptyDir: {} }),
    'config-map': volume({ configMap: { name: 'a', optional: true } }),
    'image-volume': volume({ image: { reference: 'registry.example.com/m:1' } }),
    'host-network-false': { pod: { hostNetwork: false } },
    'selinux-type': selinux({ type: 'container_t' }),
    'selinux-level': selinux({ level: 's0:c1,c2' }),
    'safe-sysctl': sysctl('net.ipv4.tcp_keepalive_time'),
    'apparmor-default': { context: { appArmorProfile: { type: 'RuntimeDefault' } } },
    'default-proc': { containerContext: restrictedWith({ procMount: 'Default' }) },
    'own-probe': { container: { readinessProbe: { httpGet: { path: '/', port: 8080 } } } },
    'root-of-its-own': {
      pod: { hostUsers: false },
      context: { runAsNonRoot: false, runAsUser: 0 },
    },
    windows: {
      pod: { os: { name: 'windows' } },
      context: { seccompProfile: undefined, runAsNonRoot: true },
      container: { securityContext: {} },
    },
  },
  baseline: {
    'no-context': { pod: { securityContext: {} }, container: { securityContext: {} } },
    'may-escalate': { containerContext: { allowPrivilegeEscalation: true } },
    'escalation-unsaid': { containerContext: { allowPrivilegeEscalation: undefined } },
    'keeps-capabilities': { containerContext: { capabilities: undefined } },
    'drops-some': { containerContext: { capabilities: { drop: ['NET_RAW'] } } },
    'adds-harmless': added('CHOWN', 'KILL'),
    'root-unsaid': { context: { runAsNonRoot: undefined } },
    'root-allowed': { context: { runAsNonRoot: false } },
    'root-allowed-in-container': { containerContext: restrictedWith({ runAsNonRoot: false }) },
    'root-user': { context: { runAsUser: 0 } },
    'root-user-in-container': { containerContext: restrictedWith({ runAsUser: 0 }) },
    'seccomp-unsaid': { context: { seccompProfile: undefined } },
    nfs: volume({ nfs: { server: 'nfs.example.com', path: '/' } }),
    'unmasked-proc': {
      pod: { hostUsers: false },
      containerContext: restrictedWith({ procMount: 'Unmasked' }),
    },
    'newest-safe-sysctl': {
      context: {
        runAsNonRoot: undefined,
        sysctls: [{ name: 'net.ipv4.tcp_notsent_lowat', value: '1' }],
      },
    },
    'plain-side-container': { pod: { initContainers: [plain] } },
  },
  neither: {
    privileged: {
      containerContext: restrictedWith({ privileged: true, allowPrivilegeEscalation: true }),
    },
    'host-network': { pod: { hostNetwork: true } },
    'host-pid': { pod: { hostPID: true } },
    'host-ipc': { pod: { hostIPC: true } },
    'host-path': volume({ hostPath: { path: '/' } }),
    'host-port': { container: { ports: [{ containerPort: 80, hostPort: 80 }] } },
    'net-admin': added('NET_ADMIN'),
    'all-capabilities': added('ALL'),
    'seccomp-off': { context: { seccompProfile: { type: 'Unconfined' } } },
    'seccomp-off-in-container': {
      containerContext: restrictedWith({ seccompProfile: { type: 'Unconfined' } }),
    },
    'apparmor-off': { context: { appArmorProfile: { type: 'Unconfined' } } },
    'apparmor-off-in-container': {
      containerContext: restrictedWith({ appArmorProfile: { type: 'Unconfined' } }),
    },
    'apparmor-off-by-annotation': {
      annotations: { 'container.apparmor.security.beta.kubernetes.io/server': 'unconfined' },
    },
    'selinux-user': selinux({ user: 'system_u' }),
    'selinux-role': selinux({ role: 'system_r' }),
    'selinux-other-type': selinux({ type: 'spc_t' }),
    'unsafe-sysctl': sysctl('kernel.msgmax'),
    'host-process': {
      // Without it, such a pod is invalid.
      pod: { hostNetwork: true },
      context: { windowsOptions: { hostProcess: true } },
    },
    'probe-of-another-host': { container: { livenessProbe: { httpGet } } },
    'hook-of-another-host': { container: { lifecycle: { preStop: { httpGet } } } },
    'privileged-init-container': {
      pod: { initContainers: [{ ...plain, securityContext: { privileged: true } }] },
    },
  },
}

function restrictedWith(more: object) {
  return { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...more }
}

export const PODS = Object.entries(ROWS).flatMap(([passes, rows]) =>
  Object.entries(rows).map(([name, changes]) => ({
    name,
    passes: passes as Passes,
    pod: aPod(name, changes),
  })),
)
