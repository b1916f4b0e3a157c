import type { KubeObject } from '../../src/object/index.ts'

/** The lock of the set `test-test`, held by a holder who never lets go, until it is deleted. */
export function aLeaseOf(holderIdentity: string, namespace: string): KubeObject {
  const renewTime = new Date().toISOString().replace('Z', '000Z')
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'slipway-test-test', namespace },
    spec: { holderIdentity, leaseDurationSeconds: 3600, renewTime },
  }
}
