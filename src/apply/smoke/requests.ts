import type { Endpoint } from '../../spec/index.ts'

type Smoke = NonNullable<Endpoint['spec']['smoke']>[number]

/** One request of a smoke test and the answer that it must get. */
export interface SmokeRequest {
  method: 'GET' | 'POST'
  path: string
  /** Sent as JSON. */
  body?: unknown
  timeoutSeconds: number
  /** Absent: any from 200 to 399, as the kubelet's probes have it. */
  status?: number
  /** A part of the answer's JSON that must be there. */
  json?: unknown
  /** The field that asks for it: `spec.smoke[1]`. */
  field: string
}

/** For one answer, unless the check says otherwise. */
const TIMEOUT_SECONDS = 30

/** GET of the path that the pod's probe asks (K4), then what the spec asks for, in its order. */
export function smokeRequests({ spec }: Endpoint, path: string | undefined): SmokeRequest[] {
  const checks = (spec.smoke ?? []).flatMap((check, index) =>
    requestsOf(check, `spec.smoke[${index}]`),
  )
  const isAsked = checks.some(check => check.method === 'GET' && check.path === path)
  if (path === undefined || isAsked) return checks
  const field = 'spec.probes.path'
  return [{ method: 'GET', path, timeoutSeconds: TIMEOUT_SECONDS, field }, ...checks]
}

function requestsOf(check: Smoke, field: string): SmokeRequest[] {
  const base = { timeoutSeconds: check.timeout ?? TIMEOUT_SECONDS, field }
  if ('protocol' in check)
    return PROTOCOLS[check.protocol](check.model).map(request => ({ ...base, ...request }))
  const { status = 200, json } = check.expect ?? {}
  const expected = { status, ...(json === undefined ? {} : { json }) }
  if ('get' in check) return [{ ...base, ...expected, method: 'GET', path: check.get }]
  const body = check.body === undefined ? {} : { body: check.body }
  return [{ ...base, ...expected, ...body, method: 'POST', path: check.post }]
}

type Protocol = Extract<Smoke, { protocol: string }>['protocol']
type ReadyMade = Pick<SmokeRequest, 'method' | 'path' | 'status' | 'json'>

/**
 * https://platform.openai.com/docs/api-reference/models/list and
 * https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md
 */
const PROTOCOLS: Record<Protocol, (model: string | undefined) => ReadyMade[]> = {
  openai: model => {
    const listed = model === undefined ? {} : { id: model }
    return [{ method: 'GET', path: '/v1/models', status: 200, json: { data: [listed] } }]
  },
  'open-inference': model => [
    { method: 'GET', path: '/v2/health/ready', status: 200 },
    ...(model === undefined
      ? []
      : [
          {
            method: 'GET' as const,
            path: `/v2/models/${encodeURIComponent(model)}/ready`,
            status: 200,
          },
        ]),
  ],
}
