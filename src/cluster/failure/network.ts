import type { Failure, Unreachable } from './failure.ts'
import { DeadlineError } from '../transport/exchange.ts'
import { portOf } from '../transport/proxy.ts'

export interface Link {
  server: URL
  timeoutSeconds: number
}

/** Why no answer came: an error of node:net, node:tls or node:http → Failure. */
export function networkFailure(error: unknown, { server, timeoutSeconds }: Link): Failure {
  const host = `${server.hostname}:${portOf(server)}`
  if (error instanceof DeadlineError && error.connected) {
    return {
      type: 'timeout',
      status: 0,
      message: `the API server at ${host} did not answer within ${timeoutSeconds} s`,
    }
  }
  if (isParserError(error))
    return {
      type: 'unexpected',
      status: 0,
      message: `what answers at ${host} does not speak HTTP as the API server does`,
    }
  const { why, text } = reasonOf(error, timeoutSeconds)
  return {
    type: 'unreachable',
    status: 0,
    why,
    message: `the API server at ${host} cannot be reached: ${text}`,
  }
}

/** Of Node's HTTP parser, or of what unzips: something was there. An answer that broke off is none of these. */
function isParserError(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException
  return /^(HPE|Z)_/.test(code) && !(code in REASONS)
}

interface Reason {
  why: Unreachable
  text: string
}

function reasonOf(error: unknown, timeoutSeconds: number): Reason {
  if (error instanceof DeadlineError)
    return { why: 'timeout', text: `no connection within ${timeoutSeconds} s` }
  const { code = '', message } = error as NodeJS.ErrnoException
  const known = REASONS[code]
  if (known !== undefined) return known
  if (
    code === 'EPROTO' ||
    code.startsWith('ERR_SSL') ||
    code.startsWith('ERR_TLS') ||
    TLS_CODES.has(code)
  )
    return { why: 'tls', text: tlsText(code, message) }
  if (code.startsWith('ERR_PROXY') || message.startsWith('Bad response'))
    return { why: 'proxy', text: `the proxy refused the connection (${message})` }
  return { why: 'other', text: code || message }
}

const REASONS: Record<string, Reason> = {
  ECONNREFUSED: { why: 'refused', text: 'connection refused' },
  ECONNRESET: { why: 'reset', text: 'the connection was closed before the answer was complete' },
  EPIPE: { why: 'reset', text: 'the connection was closed while sending' },
  HPE_INVALID_EOF_STATE: {
    why: 'reset',
    text: 'the connection was closed before the answer was complete',
  },
  ENOTFOUND: { why: 'dns', text: 'its name cannot be resolved' },
  EAI_AGAIN: { why: 'dns-temporary', text: 'its name cannot be resolved at the moment' },
  ETIMEDOUT: { why: 'timeout', text: 'no answer to the connection attempt' },
  EHOSTUNREACH: { why: 'timeout', text: 'no route to the host' },
  ENETUNREACH: { why: 'timeout', text: 'the network is unreachable' },
  ENETDOWN: { why: 'timeout', text: 'the network is down' },
}

/** Verification results of OpenSSL, as Node names them. */
const TLS_CODES = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'HOSTNAME_MISMATCH',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

function tlsText(code: string, message: string): string {
  if (code === 'CERT_HAS_EXPIRED') return 'its certificate has expired'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `its certificate is for another name (${message.replace(/^.*(altnames|list): /s, '')})`
  if (code === 'EPROTO' || code.startsWith('ERR_SSL'))
    return `the TLS handshake failed (${sslReason(message)})`
  return `its certificate is not trusted (${code.toLowerCase().replaceAll('_', ' ')})`
}

/** Of OpenSSL's `…:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:…` the readable part. */
function sslReason(message: string): string {
  const parts = message.split(':')
  const at = parts.findIndex(part => part === 'SSL routines')
  return at < 0 ? message.slice(0, 200) : (parts[at + 2] ?? message).trim()
}
