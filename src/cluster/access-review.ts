import { allowedReader } from './answer/served.ts'
import type { AccessReview } from './cluster.ts'
import type { Session } from './session.ts'

/** Asks the authorizer about ourselves: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access */
export function isAllowed({ transport, signal }: Session, access: AccessReview): Promise<boolean> {
  return transport.json(
    {
      verb: 'review',
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: access },
      },
      idempotent: true,
      signal,
    },
    allowedReader,
  )
}
