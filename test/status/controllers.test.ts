import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { assess, viewOf } from '../../src/status/index.ts'
import { deployment, pod, replicaSet, waitingStatus } from './build.ts'
import {
  AFTER,
  BEFORE,
  EARLIER,
  LATER,
  OLD,
  SOON,
  WRITTEN,
  condition,
  current,
  made,
  row,
  type Said,
} from './controlled.ts'

// KEDA: its conditions have neither a time nor a generation
for (const kind of ['ScaledObject', 'ScaledJob']) {
  const scaled = (conditions?: Said[]) =>
    made('keda.sh/v1alpha1', kind, conditions ? { status: { conditions } } : {})
  const ready = (status: string, reason?: string) => ({
    type: 'Ready',
    status,
    ...(reason && { reason, message: 'of it' }),
  })
  const isTrue = (type: string, reason: string) => ({ type, status: 'True', reason })
  row(`${kind} that KEDA has checked`, {
    object: scaled([ready('True', `${kind}Ready`), { type: 'Active', status: 'False' }]),
    state: 'ready',
    message: /^ready$/,
  })
  row(`${kind} that is paused`, {
    object: scaled([ready('True', `${kind}Ready`), isTrue('Paused', `${kind}Paused`)]),
    state: 'ready',
    message: /^ready, paused$/,
  })
  row(`${kind} that scales by its fallback`, {
    object: scaled([ready('True', `${kind}Ready`), isTrue('Fallback', 'FallbackExists')]),
    state: 'ready',
    message: /scales by its fallback/,
  })
  row(`${kind} without status`, {
    object: scaled(),
    now: SOON,
    state: 'progressing',
    message: /^waiting for KEDA to look at it$/,
  })
  row(`${kind} of a cluster without KEDA`, {
    object: scaled(),
    state: 'progressing',
    message: /^waiting for KEDA to look at it$/,
    cause: 'no-controller',
  })
  row(`${kind} that KEDA has begun to check`, {
    object: scaled([ready('Unknown')]),
    now: SOON,
    state: 'progressing',
    message: /^waiting for KEDA/,
  })
  row(`${kind} that was ready a moment ago, before the write`, {
    object: scaled([ready('True', `${kind}Ready`)]),
    now: SOON,
    state: 'progressing',
    message: /^waiting for KEDA to take up the change$/,
  })
  row(`${kind} whose check fails: KEDA tries again`, {
    object: scaled([ready('False', `${kind}CheckFailed`)]),
    now: SOON,
    state: 'progressing',
    message: /CheckFailed: of it/,
    cause: 'autoscaler',
  })
  row(`${kind} whose check still fails`, {
    object: scaled([ready('False', `${kind}CheckFailed`)]),
    state: 'failed',
    message: /CheckFailed: of it/,
    cause: 'autoscaler',
  })
}

// External Secrets
const external = (ready: Said | undefined, more: Said = {}, spec: Said = {}) =>
  made('external-secrets.io/v1', 'ExternalSecret', {
    spec,
    status: { ...(ready && { conditions: [ready] }), ...more },
  })
const SYNCED = condition('Ready', 'True', 'SecretSynced', OLD)
row('ExternalSecret that was synced at this generation', {
  object: external(SYNCED, { syncedResourceVersion: '3-5f2a' }),
  now: SOON,
  state: 'ready',
  message: /^synced$/,
})
row('ExternalSecret that was synced before the write', {
  object: external(SYNCED, { syncedResourceVersion: '2-5f2a' }),
  now: SOON,
  state: 'progressing',
  message: /^waiting for External Secrets Operator/,
})
row('ExternalSecret that is written once', {
  object: external(SYNCED, { syncedResourceVersion: '2-5f2a' }, { refreshPolicy: 'CreatedOnce' }),
  state: 'ready',
  message: /^synced$/,
})
row('ExternalSecret without status', {
  object: external(undefined),
  now: SOON,
  state: 'progressing',
  message: /^waiting for External Secrets Operator/,
})
row('ExternalSecret that nobody looks at', {
  object: external(undefined),
  state: 'progressing',
  message: /^waiting for External Secrets Operator/,
  cause: 'no-controller',
})
row('ExternalSecret whose store does not answer: it is tried again', {
  object: external(condition('Ready', 'False', 'SecretSyncedError')),
  now: SOON,
  state: 'progressing',
  message: /^SecretSyncedError: of it$/,
  cause: 'external-secret',
})
row('ExternalSecret whose key is not in the store', {
  object: external(condition('Ready', 'False', 'SecretSyncedError')),
  state: 'failed',
  message: /^SecretSyncedError: of it$/,
  cause: 'external-secret',
})
row('ExternalSecret that failed before the write which may mend it', {
  object: external(condition('Ready', 'False', 'SecretSyncedError', OLD)),
  now: SOON,
  state: 'progressing',
  message: /^SecretSyncedError/,
  cause: 'external-secret',
})
row('ExternalSecret whose Secret is not there, as it asks', {
  object: external(condition('Ready', 'True', 'SecretMissing'), { syncedResourceVersion: '3-5f' }),
  state: 'progressing',
  message: /^SecretMissing/,
})

for (const kind of ['SecretStore', 'ClusterSecretStore']) {
  const store = (ready?: Said) =>
    made('external-secrets.io/v1', kind, ready ? { status: { conditions: [ready] } } : {})
  row(`${kind} that is valid`, {
    object: store(condition('Ready', 'True', 'Valid')),
    now: SOON,
    state: 'ready',
    message: /^valid$/,
  })
  row(`${kind} without status`, {
    object: store(),
    now: SOON,
    state: 'progressing',
    message: /^waiting for External Secrets Operator/,
  })
  row(`${kind} that nobody looks at`, {
    object: store(),
    state: 'progressing',
    message: /^waiting/,
    cause: 'no-controller',
  })
  row(`${kind} that was valid before the write`, {
    object: store(condition('Ready', 'True', 'Valid', OLD)),
    now: SOON,
    state: 'progressing',
    message: /to take up the change$/,
  })
  row(`${kind} that stays valid`, {
    object: store(condition('Ready', 'True', 'Valid', OLD)),
    state: 'ready',
    message: /^valid$/,
  })
  row(`${kind} whose provider is not reached: it is tried again`, {
    object: store(condition('Ready', 'False', 'InvalidProviderConfig')),
    now: SOON,
    state: 'progressing',
    message: /InvalidProviderConfig/,
    cause: 'secret-store',
  })
  row(`${kind} without its credentials`, {
    object: store(condition('Ready', 'False', 'InvalidProviderConfig', OLD)),
    state: 'failed',
    message: /InvalidProviderConfig/,
    cause: 'secret-store',
  })
}

// cert-manager
const certificate = (conditions?: Said[], more: Said = {}) =>
  made('cert-manager.io/v1', 'Certificate', {
    spec: { secretName: 'chat-tls' },
    status: { ...(conditions && { conditions }), ...more },
  })
const MISSING = current('Ready', 'False', 'DoesNotExist')
row('Certificate that was issued', {
  object: certificate([current('Ready', 'True', 'Ready', OLD)]),
  now: SOON,
  state: 'ready',
  message: /^issued$/,
})
row('Certificate without status', {
  object: certificate(),
  now: SOON,
  state: 'progressing',
  message: /^waiting for cert-manager/,
})
row('Certificate of a cluster without cert-manager', {
  object: certificate(),
  state: 'progressing',
  message: /^waiting for cert-manager/,
  cause: 'no-controller',
})
row('Certificate that was issued as of before', {
  object: certificate([current('Ready', 'True', 'Ready', EARLIER)]),
  now: SOON,
  state: 'progressing',
  message: /^waiting for cert-manager/,
})
row('Certificate that is being issued', {
  object: certificate([MISSING, current('Issuing', 'True', 'DoesNotExist')]),
  state: 'progressing',
  message: /^being issued/,
})
row('Certificate whose request was refused: the next try is an hour away', {
  object: certificate([MISSING, current('Issuing', 'False', 'Failed')], {
    lastFailureTime: AFTER,
    failedIssuanceAttempts: 1,
  }),
  state: 'failed',
  message: /^Failed: of it$/,
  cause: 'certificate',
})
row('Certificate whose request was refused before the write', {
  object: certificate([MISSING, current('Issuing', 'False', 'Failed', EARLIER)], {
    lastFailureTime: BEFORE,
  }),
  now: SOON,
  state: 'progressing',
  message: /^waiting for cert-manager/,
})

for (const kind of ['Issuer', 'ClusterIssuer']) {
  const issuer = (ready?: Said) =>
    made('cert-manager.io/v1', kind, ready ? { status: { conditions: [ready] } } : {})
  row(`${kind} that can sign`, {
    object: issuer(current('Ready', 'True', 'KeyPairVerified', OLD)),
    now: SOON,
    state: 'ready',
    message: /^can sign$/,
  })
  row(`${kind} without status`, {
    object: issuer(),
    now: SOON,
    state: 'progressing',
    message: /^waiting for cert-manager/,
  })
  row(`${kind} that could sign as of before`, {
    object: issuer(current('Ready', 'True', 'KeyPairVerified', EARLIER)),
    now: SOON,
    state: 'progressing',
    message: /^waiting for cert-manager/,
  })
  row(`${kind} that failed as of before`, {
    object: issuer(current('Ready', 'False', 'ErrGetKeyPair', EARLIER)),
    now: SOON,
    state: 'progressing',
    message: /^waiting for cert-manager/,
  })
  row(`${kind} whose key is not there yet: it is tried again`, {
    object: issuer(current('Ready', 'False', 'ErrGetKeyPair')),
    now: SOON,
    state: 'progressing',
    message: /ErrGetKeyPair/,
    cause: 'issuer',
  })
  row(`${kind} whose account is refused`, {
    object: issuer(current('Ready', 'False', 'ErrRegisterACMEAccount')),
    state: 'failed',
    message: /ErrRegisterACMEAccount/,
    cause: 'issuer',
  })
}

test('R13 · without a clock a failure counts unless it was said before the write', t => {
  const state = (object: KubeObject) =>
    assess({ object, related: viewOf([]), since: WRITTEN }).state
  t.is(state(external(condition('Ready', 'False', 'SecretSyncedError'))), 'failed')
  t.is(state(external(condition('Ready', 'False', 'SecretSyncedError', OLD))), 'progressing')
  t.is(state(certificate()), 'progressing')
})

const MISSING_SECRET = waitingStatus('CreateContainerConfigError', 'secret "chat-token" not found')

function withoutSecret(...makers: KubeObject[]) {
  const main = deployment({ replicas: 1, status: { availableReplicas: 0 } })
  const set = replicaSet(main, { revision: 1 })
  const started = pod('chat-0', { owner: set, status: MISSING_SECRET })
  return assess({ object: main, related: viewOf([main, set, started, ...makers]), now: LATER })
}

test('R13 · a pod that waits for the Secret of an ExternalSecret or a Certificate is waited for', t => {
  const maker = external(undefined, {}, { target: { name: 'chat-token' } })
  t.is(withoutSecret().state, 'failed')
  t.is(withoutSecret(maker).state, 'progressing')
  t.regex(withoutSecret(maker).diagnosis?.remedy ?? '', /ExternalSecret chat/)
  const named = made('cert-manager.io/v1', 'Certificate', { spec: { secretName: 'chat-token' } })
  t.is(withoutSecret(named).state, 'progressing')
  const other = external(undefined, {}, { target: { name: 'another' } })
  t.is(withoutSecret(other).state, 'failed')
})
