import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { down, up } from '../src/sandbox/index.ts'
import { carryOut, type RawRequest } from './peers/raw/client.ts'
import { connectionOf } from './peers/raw/connection.ts'
import { mebibytes, printTable } from './print-table.ts'
import { costOfApply } from './waiting/cost.ts'
import { writeWaitingProject } from './waiting/project.ts'

/** What a wait costs while all of 5,000 pods are replaced at once: npm run bench:restarts. Prints what docs/performance.md shows. */

const ENDPOINTS = 500
const REPLICAS = 10
/** Beside the sandbox's own, which take 500 pods each. */
const MORE_NODES = 10
const NAMESPACE = 'bench-restarts'
const WAIT_SECONDS = 120
/** When the pods go, of the wait; it has to plan and to read them first. */
const RESTART_AFTER_SECONDS = 30
const NAME = 'bench-restarts'

const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
try {
  const sandbox = await up({
    name: NAME,
    kubeconfig: join(folder, 'kubeconfig'),
    onProgress: message => console.error(message),
  })
  const { kubeconfig, context } = sandbox
  const send = (...steps: RawRequest[][]) => carryOut({ ...connectionOf(sandbox), steps })
  await send(nodes())
  const directory = join(folder, 'project')
  writeWaitingProject(directory, { endpoints: ENDPOINTS, replicas: REPLICAS, namespace: NAMESPACE })
  const apply = (...more: string[]) => costOfApply({ directory, kubeconfig, context }, ...more)
  await apply('--no-wait')
  const undisturbed = await apply('--timeout', `${WAIT_SECONDS}s`)
  const waiting = apply('--timeout', `${WAIT_SECONDS}s`)
  await delay(RESTART_AFTER_SECONDS * 1000)
  await send([{ method: 'DELETE', path: `/api/v1/namespaces/${NAMESPACE}/pods` }])
  const restarted = await waiting
  printTable(
    ['wait', 'CPU seconds', 'CPU', 'peak MiB'],
    Object.entries({ undisturbed, 'all pods replaced at once': restarted }).map(
      ([title, { seconds, cpuSeconds, peakBytes }]) => [
        title,
        cpuSeconds.toFixed(1),
        `${((cpuSeconds / seconds) * 100).toFixed(1)} %`,
        mebibytes(peakBytes),
      ],
    ),
  )
} finally {
  await down({ name: NAME })
  rmSync(folder, { recursive: true, force: true })
}

function nodes(): RawRequest[] {
  const capacity = { cpu: '64', memory: '512Gi', pods: '500' }
  return Array.from({ length: MORE_NODES }, (_, index) => ({
    method: 'POST',
    path: '/api/v1/nodes',
    body: {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name: `more-${index}`,
        annotations: { 'kwok.x-k8s.io/node': 'fake' },
        labels: { 'kubernetes.io/hostname': `more-${index}` },
      },
      status: { capacity, allocatable: capacity },
    },
  }))
}
