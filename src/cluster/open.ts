import { VERSION } from '../object/index.ts'
import { publicUrl } from '../secret/index.ts'
import type { AccessReview, Cluster, ConnectOptions } from './cluster.ts'
import { deleteObject } from './delete.ts'
import { createDiscovery } from './discovery.ts'
import { chooseAccess, type Access } from './kubeconfig/choose.ts'
import { listObjects } from './list.ts'
import { applyObject, createObject, getObject, patchObject, updateObject } from './objects.ts'
import type { Session } from './session.ts'
import { podLogs } from './pods/logs.ts'
import { requestPod } from './pods/request-pod.ts'
import { openCredentials } from './transport/credentials.ts'
import type { Credentials } from './transport/identity.ts'
import { BUDGET } from './transport/retry.ts'
import { createTransport } from './transport/transport.ts'
import { readVersion } from './version.ts'
import { watchObjects } from './watch.ts'
import { allowedReader } from './answer/served.ts'

const REQUEST_TIMEOUT_SECONDS = 30

/** Connects, and proves it by one request, so that a wrong address or an expired login is told at once and once. */
export async function openCluster(options: ConnectOptions): Promise<Cluster> {
  const access = chooseAccess({ ...options, environment: process.env })
  const credentials = openCredentials({
    access,
    environment: process.env,
    onMessage: options.onSignIn,
  })
  const transport = createTransport({
    server: access.server,
    credentials,
    budget: {
      ...BUDGET,
      ...options.retry,
      ...(options.webhookPatienceSeconds !== undefined && {
        webhookPatienceSeconds: options.webhookPatienceSeconds,
      }),
    },
    requestTimeoutSeconds: options.requestTimeoutSeconds ?? REQUEST_TIMEOUT_SECONDS,
    userAgent: `slipway/${VERSION}`,
    onRetry: options.onRetry,
    onWarning: options.onWarning,
  })
  const session = { transport, discovery: createDiscovery(transport), signal: options.signal }
  try {
    const version = await readVersion(session)
    return clusterOf({ access, credentials, session, version, onRetry: options.onRetry })
  } catch (error) {
    credentials.close()
    throw error
  }
}

interface Connection {
  access: Access
  credentials: Credentials
  session: Session
  version: string
  onRetry: ConnectOptions['onRetry']
}

function clusterOf(connection: Connection): Cluster {
  const { access, credentials, session, version, onRetry } = connection
  const { transport, discovery, signal } = session
  return {
    server: publicUrl(access.server),
    context: access.context,
    ...(access.namespace !== undefined && { namespace: access.namespace }),
    version,
    requests: transport.requests,
    kind: type => discovery.kind(type, signal),
    versions: group => discovery.versions(group, signal),
    get: ref => getObject(session, ref),
    list: (query, options) => listObjects(session, query, options),
    apply: (object, options) => applyObject(session, object, options),
    create: (object, options) => createObject(session, object, options),
    update: object => updateObject(session, object),
    patch: (ref, patch, options) => patchObject(session, ref, patch, options),
    delete: (ref, options) => deleteObject(session, ref, options),
    watch: (query, own) =>
      watchObjects({
        session: {
          ...session,
          signal: signal === undefined ? own : AbortSignal.any([signal, own]),
        },
        query,
        onRetry,
      }),
    logs: query => podLogs(session, query),
    requestPod: async request =>
      requestPod({ server: access.server, identity: await credentials.current(), request, signal }),
    can: question => isAllowed(session, question),
    serverTime: transport.serverTime,
    withSignal: other => clusterOf({ ...connection, session: { ...session, signal: other } }),
    fencedBy: mayWrite => clusterOf({ ...connection, session: { ...session, mayWrite } }),
    close: credentials.close,
  }
}

/** Asks the authorizer about ourselves: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access */
function isAllowed({ transport, signal }: Session, access: AccessReview): Promise<boolean> {
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
