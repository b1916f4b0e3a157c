import { setTimeout as sleep } from 'node:timers/promises'
import { asProblem, ClusterError, type Cluster } from '../../cluster/index.ts'
import { formatRef, refOf, type KubeObject } from '../../object/index.ts'
import { SlipwayError, problemWith, type Problem } from '../../problem/index.ts'
import type { Endpoint } from '../../spec/index.ts'
import type { Run } from '../run.ts'
import { askedPod } from './asked-pod.ts'
import { faultOf } from './answer.ts'
import { noPod } from './at-zero.ts'
import { readyPods } from './pods.ts'
import { smokeRequests, type SmokeRequest } from './requests.ts'

export interface SmokeCheckResult {
  /** `GET /health` */
  check: string
  /** Absent when there was no answer. */
  status?: number
  latencySeconds?: number
  /** Absent when the answer was as expected. */
  problem?: Problem
}

export interface SmokeResult {
  endpoint: string
  /** The pod that was asked. */
  pod?: string
  passed: boolean
  checks: SmokeCheckResult[]
  /** Why nothing could be asked. */
  problem?: Problem
}

/** Why nothing could be asked, or what is wrong with the answers. */
export function smokeProblems({ problem, checks }: SmokeResult): Problem[] {
  return [problem, ...checks.map(check => check.problem)].filter(each => each !== undefined)
}

/** Endpoints whose pods can be asked: one that is external has none. */
export function canSmoke({ spec }: Endpoint): boolean {
  return spec.runtime !== 'external'
}

/** A pod may go between being found ready and being asked, as when an autoscaler scales down: so long others are looked for. */
const GONE_SECONDS = 10
const PAUSE_SECONDS = 0.5

/**
 * Asks a ready pod of the endpoint, through the API server: its health, then what the spec wants to be asked. Problems
 * are in the result; throws ClusterError when the pods cannot be listed.
 */
export async function smokeTest(cluster: Cluster, endpoint: Endpoint): Promise<SmokeResult> {
  const deadline = performance.now() + GONE_SECONDS * 1000
  for (;;) {
    const { isGone, ...result } = await askReadyPod(cluster, endpoint)
    if (!isGone || performance.now() > deadline) return result
    await sleep(PAUSE_SECONDS * 1000)
  }
}

async function askReadyPod(
  cluster: Cluster,
  endpoint: Endpoint,
): Promise<SmokeResult & { isGone: boolean }> {
  const [pod] = await readyPods(cluster, endpoint)
  const { name } = endpoint
  if (pod === undefined) {
    const problem = await noPod(cluster, endpoint)
    return { endpoint: name, passed: false, isGone: false, checks: [], problem }
  }
  const checks: SmokeCheckResult[] = []
  let isGone = false
  const { port, healthPath } = askedPod(pod, endpoint.spec.port)
  for (const request of smokeRequests(endpoint, healthPath)) {
    const { isPodGone = false, ...result } = await ask({ cluster, endpoint, pod, port, request })
    checks.push(result)
    isGone ||= isPodGone
    // A server that does not answer is not asked on.
    if (result.problem !== undefined && result.status === undefined) break
  }
  const passed = checks.every(({ problem }) => problem === undefined)
  return { endpoint: name, pod: pod.metadata.name, passed, isGone, checks }
}

/** The last step of an endpoint's apply: warnings of what is at zero and was not asked. Throws SlipwayError with every check that failed. */
export async function smokeEndpoint(run: Run, name: string): Promise<Problem[]> {
  return askEndpoint(
    run,
    run.options.smoke?.find(each => each.name === name),
  )
}

/** Before requests come to other pods than until now: those of the candidate, else those that take over. Knative's had some before, and may be at zero. */
export async function smokeNewPods(run: Run, name: string): Promise<void> {
  const endpoint = run.options.endpoints?.find(each => each.name === name)
  if (endpoint?.spec.runtime === 'kserve') return
  await askEndpoint(run, endpoint?.candidate?.endpoint ?? endpoint)
}

async function askEndpoint(run: Run, endpoint: Endpoint | undefined): Promise<Problem[]> {
  if (endpoint === undefined || !canSmoke(endpoint)) return []
  const { name } = endpoint
  const result = await smokeTest(run.cluster, endpoint)
  for (const { check, latencySeconds, problem: fault } of result.checks) {
    if (fault === undefined && latencySeconds !== undefined)
      run.emit({ type: 'smoke-passed', endpoint: name, check, latencySeconds })
  }
  const problems = smokeProblems(result)
  if (problems.some(({ severity }) => severity === 'error')) throw new SlipwayError(problems)
  return problems
}

interface Asked {
  cluster: Cluster
  endpoint: Endpoint
  pod: KubeObject
  port: number
  request: SmokeRequest
}

async function ask(asked: Asked): Promise<SmokeCheckResult & { isPodGone?: boolean }> {
  const { cluster, endpoint, pod, port, request } = asked
  const check = `${request.method} ${request.path}`
  try {
    const response = await cluster.requestPod({
      namespace: endpoint.namespace,
      pod: pod.metadata.name,
      port,
      ...request,
    })
    const { status, latencySeconds } = response
    const fault = faultOf(request, response)
    if (fault === undefined) return { check, status, latencySeconds }
    return { check, status, latencySeconds, problem: wrong(asked, fault, response.body) }
  } catch (error) {
    if (!(error instanceof ClusterError) || error.failure.type === 'aborted') throw error
    const isPodGone = error.failure.type === 'not-found'
    return { check, isPodGone, problem: unanswered(asked, error) }
  }
}

const MOST_BODY = 300

function wrong({ endpoint, pod, request }: Asked, fault: string, body: string): Problem {
  const { method, path, field } = request
  const answer = body.trim()
  return problemWith({
    code: 'smoke-failed',
    message: `${method} ${path} of ${endpoint.name} ${fault}`,
    endpoint: endpoint.name,
    object: podRef(pod, endpoint),
    place: endpoint.placeOf(field),
    ...(answer !== '' && { cause: `the answer was: ${answer.slice(0, MOST_BODY)}` }),
    remedy: `Look at the server's log (kubectl logs -n ${endpoint.namespace} ${pod.metadata.name}), or correct ${field}.`,
  })
}

/** No answer, or none in time: whatever the connection said, the smoke test has failed. */
function unanswered({ endpoint, pod, request }: Asked, error: ClusterError): Problem {
  const problem = asProblem(error, {
    endpoint: endpoint.name,
    object: podRef(pod, endpoint),
  })
  const { failure } = error
  if (failure.type !== 'timeout' && failure.type !== 'pod-unreachable') return problem
  const log = `Look at the server's log (kubectl logs -n ${endpoint.namespace} ${pod.metadata.name})`
  return problemWith({
    ...problem,
    code: 'smoke-failed',
    place: endpoint.placeOf(request.field),
    ...(failure.type === 'timeout' && { remedy: `${log}, or give the check a longer timeout.` }),
    ...(failure.type === 'pod-unreachable' && !failure.refused && { remedy: `${log}.` }),
  })
}

function podRef(pod: KubeObject, { namespace }: Endpoint): string {
  return formatRef({ ...refOf(pod), apiVersion: 'v1', kind: 'Pod', namespace })
}
