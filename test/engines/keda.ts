import { copyFileSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { findFreePorts } from '../../src/sandbox/ports.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { buildEngine } from './binaries.ts'
import { anEngine } from './start.ts'

/** KEDA's operator at work on a sandbox that has its definitions. Its metrics server is not started: autoscalers learn no numbers. */
export async function startKeda(sandbox: Sandbox): Promise<{ logs: () => string }> {
  const { binary } = await buildEngine('keda')
  const { folder, start, logs } = anEngine(sandbox, 'keda-operator', binary)
  await kubectlFor(sandbox)('create', 'namespace', SYSTEM)
  const [health, metrics] = await findFreePorts(2)
  start(
    'operator',
    [
      '--health-probe-bind-address',
      `127.0.0.1:${health}`,
      '--metrics-service-bind-address',
      `127.0.0.1:${metrics}`,
      '--enable-prometheus-metrics=false',
      '--cert-dir',
      certificates(sandbox, folder),
    ],
    { POD_NAMESPACE: SYSTEM, KEDA_CLUSTER_OBJECT_NAMESPACE: SYSTEM, WATCH_NAMESPACE: '' },
  )
  return { logs }
}

const SYSTEM = 'keda'

// It only serves its metrics server with them.
function certificates(sandbox: Sandbox, folder: string): string {
  const target = join(folder, 'certificates')
  mkdirSync(target, { mode: 0o700 })
  for (const [from, to] of [
    ['ca.crt', 'ca.crt'],
    ['admin.crt', 'tls.crt'],
    ['admin.key', 'tls.key'],
  ] as const) {
    copyFileSync(join(sandbox.stateDirectory, 'pki', from), join(target, to))
  }
  return target
}

export interface Queue {
  /** Where a ScaledObject finds it. */
  url: string
  /** How many requests wait from now on. */
  set: (waiting: number) => void
  close: () => void
}

/** Answers every query as Prometheus does (https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries), with one number. */
export async function aQueue(waiting: number): Promise<Queue> {
  let value = waiting
  const server = createServer((_, response) => {
    const result = [{ metric: {}, value: [Date.now() / 1000, String(value)] }]
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: now => {
      value = now
    },
    close: () => server.close(),
  }
}
