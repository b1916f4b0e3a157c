/** The whole line on this machine, in six steps: npm run demo; with KServe: npm run demo -- --kserve. */
import { resolve } from 'node:path'
import { servePods, type Sandbox } from '../src/sandbox/index.ts'
import { demoKserve } from './demo/kserve.ts'
import { startModelServer } from './demo/model-server.ts'
import { slipway } from './demo/run.ts'
import { withScratch } from './demo/scratch.ts'
import { say, startSandbox, step } from './demo/screen.ts'

const root = resolve(import.meta.dirname, '..')
const ENDPOINT = 'california-housing-predictor'

if (process.argv.includes('--kserve')) await demoKserve(root)
else await demo()

async function demo(): Promise<void> {
  step(1, 'A real control plane on this machine', 'slipway sandbox up')
  const sandbox = await startSandbox({})
  if (sandbox === undefined) await offline()
  else await online(sandbox)
}

async function online(running: Sandbox): Promise<void> {
  const cluster = ['--kubeconfig', running.kubeconfig, '--context', running.context]
  step(2, 'Apply endpoints/ and wait until all are ready', 'slipway apply -e sandbox')
  await slipway(root, 'apply', '-e', 'sandbox', '--yes', ...cluster)
  step(3, 'What runs now', 'slipway status -e sandbox')
  await slipway(root, 'status', '-e', 'sandbox', ...cluster)
  step(
    4,
    'Run the smoke test of one of them, through the API server',
    `slipway smoke -e sandbox ${ENDPOINT}`,
  )
  await askEndpoint(running, cluster)
  step(5, 'Edit an endpoint: what would change?', 'slipway diff -e sandbox')
  await withEditedCopy(copy => slipway(copy, 'diff', '-e', 'sandbox', ...cluster))
  step(6, 'Your turn')
  say([
    `Edit a file in endpoints/, then: npx --no slipway diff -e sandbox && npx --no slipway apply -e sandbox`,
    `Undo it with git: git revert HEAD && npx --no slipway apply -e sandbox`,
    `Delete everything: npx --no slipway delete --all -e sandbox`,
    `Look around with kubectl: kubectl --context ${running.context} get pods -A`,
    `The same with KServe's controller: npm run demo -- --kserve`,
    `Stop the control plane: npx --no slipway sandbox down`,
  ])
}

/** Without a control plane there is still all that needs none. */
async function offline(): Promise<void> {
  step(2, 'Render endpoints/ without a cluster', 'slipway render -e sandbox')
  await slipway(root, 'render', '-e', 'sandbox')
  step(3, 'Edit an endpoint: what would change?', 'slipway diff -e sandbox --against HEAD')
  await withEditedCopy(copy => slipway(copy, 'diff', '-e', 'sandbox', '--against', 'HEAD'))
  say(['With the control plane of step 1 the demo goes on: apply, wait, status, a call.'])
}

/** The sandbox runs no containers: its port-forwards lead to a model server of this process. */
async function askEndpoint(running: Sandbox, cluster: readonly string[]): Promise<void> {
  const server = await startModelServer()
  try {
    await servePods(running, { port: server.port })
    await slipway(root, 'smoke', ENDPOINT, '-e', 'sandbox', ...cluster)
  } finally {
    server.close()
  }
}

/** One image is changed in it. */
async function withEditedCopy(work: (directory: string) => Promise<void>): Promise<void> {
  await withScratch(root, async ({ directory, edit }) => {
    await edit(ENDPOINT, text => text.replace(/^( +image: \S+:)\S+/m, '$1v13'))
    await work(directory)
  })
}
