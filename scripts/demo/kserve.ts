import type { Sandbox } from '../../src/sandbox/index.ts'
import { slipway } from './run.ts'
import { withScratch, type Scratch } from './scratch.ts'
import { say, startSandbox, step } from './screen.ts'

const NAME = 'kserve'
const SWITCHED = 'fraud-score'

/** The same five endpoints with KServe's real controller, and one that changes its runtime and back: npm run demo -- --kserve. */
export async function demoKserve(root: string): Promise<void> {
  step(1, "A control plane with KServe's controller", 'slipway sandbox up --name kserve --kserve')
  const sandbox = await startSandbox({ name: NAME, kserve: true })
  if (sandbox === undefined) return
  await withScratch(root, scratch => show(sandbox, scratch))
}

async function show({ kubeconfig, context }: Sandbox, scratch: Scratch): Promise<void> {
  const run = (command: string, ...args: string[]) =>
    slipway(scratch.directory, command, '-e', 'kserve', ...args, '--kubeconfig', kubeconfig)
  step(2, 'Apply the endpoints; one asks for KServe', 'slipway apply -e kserve')
  await run('apply', '--yes')
  step(3, 'What runs now', 'slipway status -e kserve')
  await run('status')
  step(
    4,
    `Move ${SWITCHED} to KServe: one line in git. What would happen?`,
    'slipway diff -e kserve',
  )
  await scratch.edit(SWITCHED, onKserve)
  await run('diff')
  say([
    `The plan is complete before the first write. The API server and KServe's webhooks have been asked whether they would take the`,
    `InferenceService: if not, nothing would be deleted. The Service ${SWITCHED}-svc keeps its name and port, so clients change nothing.`,
  ])
  step(5, 'Do it: the old pods go, then the new ones come', 'git commit && slipway apply -e kserve')
  await scratch.git('commit', '--quiet', '--all', '--message', `Serve ${SWITCHED} with KServe`)
  await run('apply', '--yes')
  await run('status')
  step(6, 'And back: undo the commit', 'git revert HEAD && slipway apply -e kserve')
  await scratch.git('revert', '--no-edit', 'HEAD')
  await run('apply', '--yes')
  await run('status')
  step(7, 'Your turn')
  say([
    `Look around with kubectl: kubectl --context ${context} get inferenceservices,deployments -A`,
    `Stop the control plane: npx --no slipway sandbox down --name ${NAME}`,
  ])
}

function onKserve(text: string): string {
  return text.replace(/^spec:\n/m, 'spec:\n  runtime: kserve\n')
}
