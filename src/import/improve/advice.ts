import type { KubeObject } from '../../object/index.ts'
import { compare, type Remark } from '../compare.ts'
import { isSame } from '../differences.ts'

/** What slipway would add, and why (docs/decisions/0002): by the path in the object, or the kind of one that is new. */
const ADVICE: [what: RegExp, advice: string][] = [
  [/readinessProbe/, 'probes.readiness: requests reach a pod only when its model is loaded'],
  [/livenessProbe/, 'probes.liveness: a server that hangs is restarted'],
  [/startupProbe/, 'probes.startup: a server that still loads is not taken for one that hangs'],
  [/lifecycle/, 'shutdown.preStop: what is asked while load balancers take a pod out is answered'],
  [
    /securityContext/,
    'podSecurity: no root, no privileges, no writable root file system (Pod Security "restricted")',
  ],
  [/strategy|deploymentStrategy/, 'rollout: one more replica first, none taken away'],
  [/progressDeadline/, 'loadTime: a rollout that gives up only after the model could have loaded'],
  [
    /automountServiceAccountToken/,
    'no token for the API server, which a model server does not ask',
  ],
  [
    /enableServiceLinks/,
    'no variables of every Service, which slow the start and collide with its own',
  ],
  [/env\[PORT\]/, 'PORT in env: the server listens where probes and Service ask'],
  [/tolerations/, 'tolerations of GPU nodes, which are tainted by convention'],
  [/^PodDisruptionBudget\//, 'disruptionBudget: drained nodes take one replica at a time'],
  [/^Service\//, 'service: an address that stays when pods come and go'],
  [/template\.metadata\.labels|predictor\.labels/, 'labels by which pods are found and counted'],
]

/** What the rendered objects have and the live ones lack, said once each. */
export function adviceOf(rendered: readonly KubeObject[], live: readonly KubeObject[]): string[] {
  const added = compare(rendered, live).filter(isAdded)
  return ADVICE.filter(([what]) =>
    added.some(({ object, path }) => what.test(path === '' ? object : path)),
  ).map(([, advice]) => advice)
}

function isAdded({ path, live, rendered }: Remark): boolean {
  if (rendered === undefined) return false
  return live === undefined || isSame(undefined, live, path.slice(path.lastIndexOf('.') + 1))
}
