import { applyOwn } from './kubectl.ts'
import type { Sandbox } from './sandbox.ts'

/**
 * Leads port-forwards to pods, whatever port they ask for, to a real server on 127.0.0.1 of this machine: of one
 * namespace, or of all. Where both match, either may be chosen.
 */
export async function servePods(
  sandbox: Sandbox,
  { port, namespace }: { port: number; namespace?: string },
): Promise<void> {
  const isEverywhere = namespace === undefined
  const object = {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterPortForward',
    metadata: { name: isEverywhere ? 'slipway-serve' : `slipway-serve-${namespace}` },
    spec: {
      ...(!isEverywhere && { selector: { matchNamespaces: [namespace] } }),
      forwards: [{ target: { port, address: '127.0.0.1' } }],
    },
  }
  const args = ['--force-conflicts', '-f', '-']
  await applyOwn(sandbox, args, { input: JSON.stringify(object) })
}
