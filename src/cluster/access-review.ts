import type { Access } from './cluster.ts'
import type { Session } from './session.ts'

/** Asks the authorizer about ourselves: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access */
export async function isAllowed({ transport, signal }: Session, access: Access): Promise<boolean> {
  const review = await transport.json<{ status?: { allowed?: boolean } }>({
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
  })
  return review.status?.allowed === true
}
