import { jsonText } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { outputOption, textFlag } from '../options.ts'
import { sandboxText, statusText } from '../sandbox-text.ts'

export const sandbox = defineCommand({
  name: 'sandbox',
  summary: 'Run a real control plane on this machine, without containers',
  description:
    'Starts, stops, shows or renews a local cluster: etcd, the Kubernetes control plane and simulated nodes with GPUs. ' +
    'Its context is added to the kubeconfig; `down` removes all of it.',
  positionals: {
    action: { describe: 'What to do', many: false, choices: ['up', 'down', 'status', 'reset'] },
  },
  options: {
    name: textFlag('Use the sandbox of this name; several may run'),
    kubernetes: textFlag('Run this version of Kubernetes, such as 1.37'),
    kserve: {
      type: 'string',
      describe: 'Install KServe and run its controller, in this version where one is given',
    },
    with: textFlag(
      'Install these definitions, separated by commas: gateway-api, keda, prometheus, external-secrets',
    ),
    kubeconfig: textFlag('Write the context into this file'),
    ...outputOption(['text', 'json']),
  },
  examples: [
    ['sandbox up', 'Start it, then: slipway apply -e sandbox'],
    ['sandbox up --kserve', 'With KServe, too'],
    ['sandbox up --name ci --kubeconfig ./kubeconfig', 'One of its own for a CI job'],
    [
      'sandbox up --with gateway-api,keda',
      'With kinds of other projects, without their controllers',
    ],
    ['sandbox down', 'Stop it and remove all of it'],
  ],
  run: async ({ action, name, kubernetes, kserve, with: addons, kubeconfig, output }, terminal) => {
    const room = await import('../../sandbox/index.ts')
    const onProgress = (message: string) => terminal.err(`${message}\n`)
    const options = {
      name,
      kubernetes,
      // Without a version after it, yargs gives an empty text.
      kserve: kserve === '' ? true : kserve,
      addons: addons === undefined ? undefined : room.parseAddons(addons),
      kubeconfig,
      signal: terminal.signal,
      onProgress,
    }
    if (action === 'down') {
      await room.down({ name, signal: terminal.signal, onProgress })
      return 0
    }
    if (action === 'status') {
      const found = room.status(name === undefined ? {} : { name })
      terminal.out(output === 'json' ? jsonText(found) : statusText(found))
      return found.state === 'running' ? 0 : 1
    }
    const started = action === 'up' ? await room.up(options) : await room.reset(options)
    terminal.out(output === 'json' ? jsonText(started) : sandboxText(started))
    return 0
  },
})
