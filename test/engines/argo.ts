import { chmodSync, copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { findFreePorts } from '../../src/sandbox/ports.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { buildEngine } from './binaries.ts'
import { anEngine, established, untilAll } from './start.ts'

/** Argo CD's application controller and repo server at work on a sandbox, as its own Procfile starts them; miniredis keeps what Redis would. */

export interface Argo {
  applications: () => Promise<Application[]>
  /** Has it look at git at once. */
  refresh: () => Promise<void>
  /** Ends syncs that wait, as `argocd app terminate-op` does. */
  terminate: () => Promise<void>
  /** Until all Applications are as expected; throws with what they say instead. */
  until: (what: string, isTrue: (all: Application[]) => boolean | Promise<boolean>) => Promise<void>
}

export interface Application extends KubeObject {
  status?: {
    health?: { status?: string }
    sync?: { status?: string; revision?: string }
    operationState?: { phase?: string; message?: string }
    conditions?: { type: string; message: string }[]
    resources?: { kind: string; name: string; health?: { status?: string; message?: string } }[]
  }
}

/** Synced with a commit, and healthy. */
export function isHealthy({ status }: Application, commit: string): boolean {
  const { sync, health, operationState } = status ?? {}
  const isSynced = sync?.status === 'Synced' && sync.revision === commit
  return isSynced && health?.status === 'Healthy' && operationState?.phase !== 'Running'
}

const SYSTEM = 'argocd'
const PART = { 'app.kubernetes.io/part-of': 'argocd' }
const MODULE = 'github.com/argoproj/argo-cd/v3'
const VERIFY = 'git-verify-wrapper.sh'

export async function startArgo(sandbox: Sandbox): Promise<Argo> {
  const { binary, sources } = await buildEngine('argo')
  const kubectl = kubectlFor(sandbox)
  const module = await sources(MODULE)
  await kubectl('apply', '--server-side', '-k', join(module, 'manifests/crds'))
  await established(kubectl)
  await kubectl('create', 'namespace', SYSTEM)
  for (const [kind, name] of [
    ['ConfigMap', 'argocd-cm'],
    ['ConfigMap', 'argocd-rbac-cm'],
    ['Secret', 'argocd-secret'],
  ] as const)
    // oxlint-disable-next-line no-await-in-loop
    await kubectl.apply({
      apiVersion: 'v1',
      kind,
      metadata: { name, namespace: SYSTEM, labels: { ...PART, 'app.kubernetes.io/name': name } },
    })
  const { start, logs, folder } = anEngine(sandbox, 'argo', program =>
    binary(program === 'redis' ? program : 'cmd'),
  )
  const ports = await findFreePorts(4)
  const [redis, repository] = ports.map(port => `127.0.0.1:${port}`)
  const data = (name: string) => {
    mkdirSync(join(folder, name), { recursive: true })
    return join(folder, name)
  }
  const commands = data('commands')
  // As in its image.
  copyFileSync(join(module, 'hack', VERIFY), join(commands, VERIFY))
  chmodSync(join(commands, VERIFY), 0o755)
  const env = {
    PATH: `${commands}:${process.env['PATH']}`,
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_TLS_DATA_PATH: data('tls'),
    ARGOCD_SSH_DATA_PATH: data('ssh'),
    ARGOCD_PLUGINSOCKFILEPATH: data('plugins'),
    TMPDIR: data('checkouts'),
  }
  start('redis', [redis ?? ''])
  start(
    'argocd-repo-server',
    [
      '--redis',
      redis ?? '',
      '--address',
      '127.0.0.1',
      '--port',
      String(ports[1]),
      '--metrics-address',
      '127.0.0.1',
      '--metrics-port',
      String(ports[2]),
    ],
    env,
  )
  start(
    'argocd-application-controller',
    [
      '--redis',
      redis ?? '',
      '--repo-server',
      repository ?? '',
      '--namespace',
      SYSTEM,
      '--metrics-port',
      String(ports[3]),
    ],
    env,
  )
  const applications = () =>
    kubectl.list('applications.argoproj.io', SYSTEM) as Promise<Application[]>
  return {
    applications,
    refresh: async () => {
      const all = ['applications.argoproj.io', '--all', '-n', SYSTEM]
      await kubectl('annotate', '--overwrite', ...all, 'argocd.argoproj.io/refresh=normal')
    },
    terminate: async () => {
      const terminating = { status: { operationState: { phase: 'Terminating' } } }
      for (const { metadata, status } of await applications())
        if (status?.operationState?.phase === 'Running')
          await kubectl(
            'patch',
            'applications.argoproj.io',
            metadata.name,
            '-n',
            SYSTEM,
            '--type=merge',
            '-p',
            JSON.stringify(terminating),
          )
    },
    until: untilAll(applications, all => `${told(all)}\n${logs()}`),
  }
}

function told(all: readonly Application[]): string {
  return all
    .map(({ metadata, status = {} }) => {
      const { sync, health, operationState, conditions, resources = [] } = status
      const unwell = resources.filter(each => (each.health?.status ?? 'Healthy') !== 'Healthy')
      const first = unwell.slice(0, 3)
      return `${metadata.name}: ${JSON.stringify({ sync, health, operationState: operationState?.message, conditions, first })}`
    })
    .join('\n')
}
