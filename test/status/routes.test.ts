import test from 'ava'
import { judgeWritten, viewOf } from '../../src/status/index.ts'
import {
  BEFORE,
  EARLIER,
  LATER,
  OLD,
  SOON,
  condition,
  current,
  made,
  row,
  type Said,
} from './controlled.ts'

// Gateway
const gateway = (conditions?: Said[], more: Said = {}) =>
  made('gateway.networking.k8s.io/v1', 'Gateway', {
    spec: { gatewayClassName: 'public', listeners: [{ name: 'web', port: 80 }] },
    status: { ...(conditions && { conditions }), ...more },
  })
const listeners = (...conditions: Said[]) => ({ listeners: [{ name: 'web', conditions }] })
const ACCEPTED = current('Accepted', 'True', 'Accepted')
const PROGRAMMED = current('Programmed', 'True', 'Programmed')
row('Gateway that is programmed', {
  object: gateway([ACCEPTED, PROGRAMMED], { addresses: [{ value: '203.0.113.7' }] }),
  state: 'ready',
  message: /^at 203\.0\.113\.7$/,
})
row('Gateway as the API server stores it', {
  object: gateway([
    condition('Accepted', 'Unknown', 'Pending', { lastTransitionTime: '1970-01-01T00:00:00Z' }),
    condition('Programmed', 'Unknown', 'Pending', { lastTransitionTime: '1970-01-01T00:00:00Z' }),
  ]),
  now: SOON,
  state: 'progressing',
  message: /waiting for the Gateway controller/,
})
row('Gateway that nobody looks at', {
  object: gateway(),
  state: 'progressing',
  message: /waiting for the Gateway controller/,
  cause: 'no-controller',
})
row('Gateway that was programmed as of before', {
  object: gateway([
    current('Accepted', 'True', 'Accepted', EARLIER),
    current('Programmed', 'True', 'Programmed', EARLIER),
  ]),
  now: SOON,
  state: 'progressing',
  message: /waiting for the Gateway controller/,
})
row('Gateway that was refused as of before', {
  object: gateway([current('Accepted', 'False', 'InvalidParameters', EARLIER)]),
  now: SOON,
  state: 'progressing',
  message: /waiting for the Gateway controller/,
})
row('Gateway with parameters that are not there', {
  object: gateway([current('Accepted', 'False', 'InvalidParameters')]),
  state: 'failed',
  message: /^InvalidParameters: of it/,
  cause: 'gateway',
})
row('Gateway without an address yet', {
  object: gateway([ACCEPTED, current('Programmed', 'False', 'AddressNotAssigned')]),
  state: 'progressing',
  message: /AddressNotAssigned/,
})
row('Gateway with an address that cannot be used', {
  object: gateway([ACCEPTED, current('Programmed', 'False', 'AddressNotUsable')]),
  state: 'failed',
  message: /AddressNotUsable/,
  cause: 'gateway',
})
row('Gateway that another generation was programmed of', {
  object: gateway([ACCEPTED, current('Programmed', 'True', 'Programmed', EARLIER)]),
  state: 'progressing',
  message: /to set it up/,
})
row('Gateway whose listener is in conflict', {
  object: gateway(
    [ACCEPTED, PROGRAMMED],
    listeners(current('Conflicted', 'True', 'HostnameConflict')),
  ),
  state: 'failed',
  message: /^listener web: HostnameConflict/,
  cause: 'gateway',
})
row('Gateway whose certificate cert-manager is about to make', {
  object: gateway(
    [ACCEPTED, PROGRAMMED],
    listeners(current('ResolvedRefs', 'False', 'InvalidCertificateRef')),
  ),
  now: SOON,
  state: 'progressing',
  message: /InvalidCertificateRef/,
  cause: 'gateway',
})

// Routes
const PARENT = { namespace: 'edge', name: 'public', sectionName: 'web' }
const route = (conditions?: Said[], { parent = PARENT, kind = 'HTTPRoute' }: Said = {}) =>
  made('gateway.networking.k8s.io/v1', kind as string, {
    spec: { parentRefs: [PARENT] },
    ...(conditions && { status: { parents: [{ parentRef: parent, conditions }] } }),
  })
const RESOLVED = current('ResolvedRefs', 'True', 'ResolvedRefs')
for (const kind of ['HTTPRoute', 'GRPCRoute']) {
  row(`${kind} that its gateway took`, {
    object: route([ACCEPTED, RESOLVED], { kind }),
    state: 'ready',
    message: /^accepted by listener web of Gateway edge\/public$/,
  })
  row(`${kind} without status`, {
    object: route(undefined, { kind }),
    now: SOON,
    state: 'progressing',
    message: /waiting for the Gateway controller of listener web of Gateway edge\/public/,
  })
  row(`${kind} that no controller looks at`, {
    object: route(undefined, { kind }),
    state: 'progressing',
    message: /waiting for the Gateway controller/,
    cause: 'no-controller',
  })
  row(`${kind} that was taken as of before`, {
    object: route([current('Accepted', 'True', 'Accepted', EARLIER), RESOLVED], { kind }),
    now: SOON,
    state: 'progressing',
    message: /waiting for the Gateway controller/,
  })
  row(`${kind} that was refused as of before`, {
    object: route([current('Accepted', 'False', 'NoMatchingParent', EARLIER)], { kind }),
    now: SOON,
    state: 'progressing',
    message: /waiting for the Gateway controller/,
  })
  for (const reason of ['NotAllowedByListeners', 'NoMatchingParent', 'NoMatchingListenerHostname'])
    row(`${kind} refused: ${reason}`, {
      object: route([current('Accepted', 'False', reason), RESOLVED], { kind }),
      now: '2026-11-21T10:00:08Z',
      state: 'failed',
      message: new RegExp(`^listener web of Gateway edge/public: ${reason}: of it`),
      cause: 'route-refused',
    })
  row(`${kind} refused a second ago: its gateway may be of the same apply`, {
    object: route([current('Accepted', 'False', 'NoMatchingParent'), RESOLVED], { kind }),
    now: SOON,
    state: 'progressing',
    message: /NoMatchingParent/,
    cause: 'route-refused',
  })
}
row('route whose backend may be made by another controller', {
  object: route([ACCEPTED, current('ResolvedRefs', 'False', 'BackendNotFound')]),
  now: '2026-11-21T10:00:20Z',
  state: 'progressing',
  message: /BackendNotFound/,
  cause: 'route-refused',
})
row('route whose backend does not come', {
  object: route([ACCEPTED, current('ResolvedRefs', 'False', 'BackendNotFound')]),
  state: 'failed',
  message: /BackendNotFound/,
  cause: 'route-refused',
})
row('route to a Service that it may not refer to', {
  object: route([ACCEPTED, current('ResolvedRefs', 'False', 'RefNotPermitted')]),
  state: 'failed',
  message: /RefNotPermitted/,
  cause: 'route-refused',
})
row('route whose references are of another generation', {
  object: route([ACCEPTED, current('ResolvedRefs', 'True', 'ResolvedRefs', EARLIER)]),
  state: 'progressing',
  message: /to resolve its references/,
})
row('route of which a rule is dropped', {
  object: route([ACCEPTED, RESOLVED, current('PartiallyInvalid', 'True', 'UnsupportedValue')]),
  state: 'failed',
  message: /UnsupportedValue/,
  cause: 'route-refused',
})
row('route that only a parent of before took', {
  object: route([ACCEPTED, RESOLVED], { parent: { ...PARENT, name: 'other' } }),
  now: SOON,
  state: 'progressing',
  message: /waiting for the Gateway controller of listener web/,
})
row('route whose parent is written with the defaults of the API', {
  object: route([ACCEPTED, RESOLVED], {
    parent: { ...PARENT, group: 'gateway.networking.k8s.io', kind: 'Gateway' },
  }),
  state: 'ready',
  message: /^accepted/,
})
row('route that its gateway is still about', {
  object: route([current('Accepted', 'Unknown', 'Pending')]),
  state: 'progressing',
  message: /Pending/,
})
row('route of two parents, one of which refuses', {
  object: made('gateway.networking.k8s.io/v1', 'HTTPRoute', {
    spec: { parentRefs: [{ name: 'inside' }, { name: 'outside' }] },
    status: {
      parents: [
        { parentRef: { name: 'inside' }, conditions: [ACCEPTED, RESOLVED] },
        {
          parentRef: { name: 'outside', namespace: 'llm-ops' },
          conditions: [current('Accepted', 'False', 'NotAllowedByListeners')],
        },
      ],
    },
  }),
  state: 'failed',
  message: /^Gateway outside: NotAllowedByListeners/,
  cause: 'route-refused',
})

const REFUSED = route([current('Accepted', 'False', 'NotAllowedByListeners', OLD)])

test('R13 · a write to another object of the endpoint may mend a route: its gateway is given time', t => {
  const objects = [REFUSED]
  const question = { objects, desired: objects, related: viewOf(objects), now: LATER }
  const state = (writtenAt?: string) =>
    judgeWritten({ ...question, since: BEFORE, writtenAt }).verdict.state
  t.is(state(), 'failed')
  t.is(state('2026-11-21T10:01:58Z'), 'progressing')
})
