import test from 'ava'
import { networkFailure } from '../../src/cluster/failure/network.ts'
import { createClock } from '../../src/cluster/transport/clock.ts'
import { DeadlineError } from '../../src/cluster/transport/exchange.ts'
import { proxyFor } from '../../src/cluster/transport/proxy.ts'
import { warningsOf } from '../../src/cluster/transport/warnings.ts'

const API = 'https://api.example.com:6443'
const HTTPS_PROXY = 'http://proxy:3128'

/** Server, NO_PROXY, whether the proxy is used. */
const PROXIES: [string, string, boolean][] = [
  [API, '', true],
  [API, '*', false],
  [API, 'api.example.com', false],
  [API, '.example.com', false],
  [API, '*.example.com', false],
  [API, 'other.com, API.EXAMPLE.COM:6443', false],
  [API, 'api.example.com:443', true],
  [API, 'ample.com', true],
  ['https://10.1.2.3', '10.0.0.0/8', false],
  ['https://10.1.2.3', '10.2.0.0/16', true],
  ['https://10.1.2.3', '10.1.2.3', false],
  ['https://10.1.2.3', '10.0.0.0/99', true],
  ['https://[fd00::1]', 'fd00::/8', false],
  ['https://127.0.0.1:6443', '', false],
  ['https://[::1]:6443', '', false],
  ['https://localhost:6443', '', false],
  ['http://api.example.com', '', false],
]

for (const [server, NO_PROXY, isUsed] of PROXIES) {
  test(`proxy: ${server} with NO_PROXY "${NO_PROXY}"`, t => {
    t.is(
      proxyFor(new URL(server), undefined, { HTTPS_PROXY, NO_PROXY }),
      isUsed ? HTTPS_PROXY : undefined,
    )
  })
}

test("proxy: the kubeconfig's wins, also for the loopback", t => {
  t.is(
    proxyFor(new URL('https://127.0.0.1'), 'socks5://x:1080', { HTTPS_PROXY }),
    'socks5://x:1080',
  )
  t.is(proxyFor(new URL(API), undefined, { https_proxy: 'proxy:3128' }), 'http://proxy:3128')
})

const LINK = { server: new URL(API), timeoutSeconds: 30 }

const coded = (code: string, message = '') => Object.assign(new Error(message), { code })

const NETWORK: [string, Error, string, RegExp][] = [
  [
    'refused',
    coded('ECONNREFUSED'),
    'refused',
    /api\.example\.com:6443 cannot be reached: connection refused/,
  ],
  ['reset', coded('ECONNRESET'), 'reset', /closed before the answer was complete/],
  ['name', coded('ENOTFOUND'), 'dns', /name cannot be resolved/],
  ['expired', coded('CERT_HAS_EXPIRED'), 'tls', /its certificate has expired/],
  [
    'self-signed',
    coded('SELF_SIGNED_CERT_IN_CHAIN'),
    'tls',
    /not trusted \(self signed cert in chain\)/,
  ],
  [
    'other name',
    coded(
      'ERR_TLS_CERT_ALTNAME_INVALID',
      "Hostname/IP does not match certificate's altnames: Host: a. is not in the cert's altnames: DNS:b",
    ),
    'tls',
    /another name \(DNS:b\)/,
  ],
  [
    'not TLS',
    coded(
      'EPROTO',
      'write EPROTO 00:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../deps:1:',
    ),
    'tls',
    /handshake failed \(wrong version number\)/,
  ],
  ['no connection', new DeadlineError(false), 'timeout', /no connection within 30 s/],
]

for (const [title, error, why, message] of NETWORK) {
  test(`unreachable: ${title}`, t => {
    const failure = networkFailure(error, LINK)
    t.like(failure, { type: 'unreachable', why })
    t.regex(failure.message, message)
  })
}

test('what does not speak HTTP is not the API server; an answer that broke off is the connection', t => {
  const garbage = networkFailure(coded('HPE_INVALID_CONSTANT'), LINK)
  t.like(garbage, { type: 'unexpected', status: 0 })
  t.regex(garbage.message, /what answers at api\.example\.com:6443 does not speak HTTP/)
  const cut = networkFailure(coded('HPE_INVALID_EOF_STATE'), LINK)
  t.like(cut, { type: 'unreachable', why: 'reset' })
})

test('a connection without an answer is a time-out', t => {
  t.deepEqual(networkFailure(new DeadlineError(true), LINK), {
    type: 'timeout',
    status: 0,
    message: 'the API server at api.example.com:6443 did not answer within 30 s',
  })
})

test('warnings are read as kube-apiserver writes them', t => {
  t.deepEqual(warningsOf('299 - "v1 \\"x\\" is deprecated, use v2", 299 - "second"'), [
    'v1 "x" is deprecated, use v2',
    'second',
  ])
  t.deepEqual(warningsOf(undefined), [])
})

test("the clock follows the server's, whatever ours says", t => {
  const clock = createClock()
  clock.read('Sat, 21 Nov 2020 01:45:17 GMT')
  const ahead = clock.now().getTime() - Date.parse('2020-11-21T01:45:17Z')
  t.true(ahead >= 0 && ahead < 1000)
  clock.read('nonsense')
  clock.read(undefined)
  t.is(clock.now().getUTCFullYear(), 2020)
})
