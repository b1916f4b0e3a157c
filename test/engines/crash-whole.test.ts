import type { ExecutionContext } from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { aCluster } from '../support/cluster.ts'
import { killedEverywhere } from '../support/killed.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { sandboxTest, type SandboxContext } from '../support/sandbox.ts'
import { playOperators } from './operators.ts'
import { fixed, KINDS, promoted, rendered, scaled, SECRET, whole } from './whole-endpoint.ts'

/** One endpoint that has everything, killed at any request of a change; what its operators would say is played. */

const { serial } = sandboxTest({ addons: ['gateway-api', 'keda', 'external-secrets'] })

const killed =
  (before: Promise<KubeObject[]>, after: Promise<KubeObject[]>) =>
  async (t: ExecutionContext<SandboxContext>) => {
    const { sandbox } = t.context
    playOperators(t, { cluster: await aCluster(t, sandbox), kubectl: kubectlFor(sandbox) })
    const scenario = { before: { chat: await before }, after: { chat: await after }, kinds: KINDS }
    await killedEverywhere({ ...scenario, minutes: 20 })(t)
  }

serial(
  'W1, W2, W4, W5 · killed at any request of getting everything, the next apply converges',
  killed(rendered(fixed), rendered(whole, SECRET)),
)

serial(
  'W3 · killed at any request of a promotion of everything, the next apply converges',
  killed(rendered(whole, SECRET), rendered(promoted, SECRET)),
)

serial(
  'W1, W2, W4, W5 · killed at any request of losing everything, the next apply converges',
  killed(rendered(whole, SECRET), rendered(scaled)),
)
