import { aCluster } from '../support/cluster.ts'
import { ANSWERS, CONNECTIONS, faultsEverywhere, LIES } from '../support/faulted.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { playOperators } from './operators.ts'
import { KINDS, rendered, scaled, SECRET, whole } from './whole-endpoint.ts'

/** One endpoint gets everything and loses it again, and each request of that meets one fault: a wrong answer, a broken connection, a lie. */

const { serial } = sandboxTest({ addons: ['gateway-api', 'keda', 'external-secrets'] })

const MINUTES_20 = 1_200_000

serial(
  'R4, D7, S1 · a fault at any request of getting or losing everything: it gets over it or says why, then converges',
  async t => {
    t.timeout(MINUTES_20)
    const { sandbox } = t.context
    playOperators(t, { cluster: await aCluster(t, sandbox), kubectl: kubectlFor(sandbox) })
    const states = [
      { chat: await rendered(scaled) },
      { chat: await rendered(whole, SECRET) },
    ] as const
    const faults = { ...ANSWERS, ...CONNECTIONS, ...LIES }
    await faultsEverywhere(t, {
      faults,
      states,
      kinds: KINDS,
      requestTimeoutSeconds: 5,
      step: Object.keys(faults).length,
    })
  },
)
