import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { findFreePorts } from '../../src/sandbox/ports.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { buildEngine } from './binaries.ts'
import { anEngine, established, untilAll } from './start.ts'

/** Flux's source-controller and kustomize-controller at work on a sandbox, and a registry on loopback that they read. */

const run = promisify(execFile)

export interface Flux {
  /** `127.0.0.1:PORT` of the registry. */
  registry: string
  /** Pushes an OCI image layout, has Flux look at once, and gives the artifact's digest. */
  push: (layout: string, reference: string) => Promise<string>
  /** The digest of what is there under a reference, and its files, read by another than Flux. */
  pulled: (reference: string) => Promise<{ digest: string; files: string }>
  kustomizations: () => Promise<Kustomization[]>
  /** Until a Kustomization is as expected; throws with what it says instead. */
  until: (
    what: string,
    isTrue: (all: Kustomization[]) => boolean | Promise<boolean>,
  ) => Promise<void>
}

export interface Kustomization extends KubeObject {
  status?: {
    lastAppliedRevision?: string
    lastAttemptedRevision?: string
    conditions?: { type: string; status: string; reason?: string; message?: string }[]
  }
}

/** Ready, with this digest. */
export function isReady(kustomization: Kustomization, digest: string): boolean {
  const isApplied = kustomization.status?.lastAppliedRevision?.endsWith(digest) === true
  return isApplied && readyOf(kustomization)?.status === 'True'
}

export function readyOf({ status }: Kustomization) {
  return status?.conditions?.find(({ type }) => type === 'Ready')
}

const KINDS = [
  ['github.com/fluxcd/source-controller', 'config/crd/bases'],
  ['github.com/fluxcd/kustomize-controller', 'config/crd/bases'],
] as const

const SYSTEM = 'flux-system'

export async function startFlux(sandbox: Sandbox): Promise<Flux> {
  const { binary, sources } = await buildEngine('flux')
  const kubectl = kubectlFor(sandbox)
  for (const [module, folder] of KINDS)
    // oxlint-disable-next-line no-await-in-loop
    await kubectl('apply', '--server-side', '-f', join(await sources(module), folder))
  await kubectl('create', 'namespace', SYSTEM)
  await established(kubectl)
  const [registryPort, storage, ...health] = await findFreePorts(4)
  const { folder, start, logs } = anEngine(sandbox, 'flux', binary)
  const env = { RUNTIME_NAMESPACE: SYSTEM }
  mkdirSync(join(folder, 'storage'))
  const registry = `127.0.0.1:${registryPort}`
  start('crane', ['registry', 'serve', '--address', registry])
  start(
    'source-controller',
    [
      '--storage-path',
      join(folder, 'storage'),
      '--storage-addr',
      `127.0.0.1:${storage}`,
      '--storage-adv-addr',
      `127.0.0.1:${storage}`,
      '--metrics-addr',
      '0',
      '--health-addr',
      `127.0.0.1:${health[0]}`,
      '--enable-leader-election=false',
    ],
    env,
  )
  start(
    'kustomize-controller',
    [
      '--metrics-addr',
      '0',
      '--health-addr',
      `127.0.0.1:${health[1]}`,
      // As docs/handoff.md advises: what mends a broken model does not wait for it.
      '--feature-gates=CancelHealthCheckOnNewRevision=true',
      '--requeue-dependency',
      '1s',
      '--enable-leader-election=false',
    ],
    env,
  )
  const crane = async (...args: string[]) => {
    const { stdout } = await run(binary('crane'), args, { maxBuffer: 64 * 1024 * 1024 })
    return stdout.trim()
  }
  const kustomizations = () =>
    kubectl.list('kustomizations.kustomize.toolkit.fluxcd.io', SYSTEM) as Promise<Kustomization[]>
  return {
    registry,
    kustomizations,
    push: async (layout, reference) => {
      await eventuallyServed(registry)
      const pushed = await crane('push', layout, `${registry}/${reference}`)
      const now = `reconcile.fluxcd.io/requestedAt=${Date.now()}`
      const all = ['ocirepositories.source.toolkit.fluxcd.io', '--all', '-n', SYSTEM]
      await kubectl('annotate', '--overwrite', ...all, now)
      return pushed.slice(pushed.indexOf('@') + 1)
    },
    pulled: async reference => {
      const [digest, files] = await Promise.all([
        crane('digest', `${registry}/${reference}`),
        crane('export', `${registry}/${reference}`, '-'),
      ])
      return { digest, files }
    },
    until: untilAll(kustomizations, all => `${told(all)}\n${logs()}`),
  }
}

async function eventuallyServed(registry: string): Promise<void> {
  const deadline = Date.now() + 60_000
  while (
    !(await fetch(`http://${registry}/v2/`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (Date.now() > deadline) throw new Error(`nobody serves ${registry}`)
    await sleep(50)
  }
}

function told(all: readonly Kustomization[]): string {
  return all.map(each => `${each.metadata.name}: ${JSON.stringify(readyOf(each))}`).join('\n')
}
