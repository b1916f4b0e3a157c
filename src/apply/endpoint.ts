import type { KubeObject } from '../object/index.ts'
import type { Action, PlannedEndpoint } from '../plan/index.ts'
import type { Problem } from '../problem/index.ts'
import type { EndpointOutcome } from './events.ts'
import { followed, interruptedOutcome } from './course.ts'
import { EndpointFailure, problemsOf } from './failed.ts'
import { remove } from './delete/remove.ts'
import type { Run } from './run.ts'
import { smokeEndpoint } from './smoke/smoke.ts'
import { afterFailedSwitch } from './write/switch.ts'
import { settle } from './traffic/settle.ts'
import { shiftTraffic, waitingWhereHeld } from './traffic/shift.ts'
import { waitReady } from './watch/wait-ready.ts'
import { inWaves, StepErrors } from './write/waves.ts'
import { write } from './write/write.ts'

export interface EndpointResult {
  name: string
  outcome: EndpointOutcome
  problems: Problem[]
}

/** Of another endpoint, which was begun before. */
type ResultOf = (name: string) => Promise<EndpointResult> | undefined

/** Everything that is done for one endpoint, in order. Its failure is its own: the others go on. */
export async function applyEndpoint(
  whole: Run,
  endpoint: PlannedEndpoint,
  resultOf: ResultOf,
): Promise<EndpointResult> {
  const { name, actions } = endpoint
  const { run, course } = followed(waitingWhereHeld(whole, endpoint))
  try {
    const before = await inWaves(run, actions.filter(isSwitch), remove)
    const held = actions.filter(isHeld)
    await writeAll(run, name, { writes: actions.filter(isWrite), before })
    await inWaves(unfinished(run), held.filter(hasInterim), writeInterim)
    await inWaves(run, actions.filter(isSoon), remove, 'backwards')
    if (held.length > 0) await shiftTraffic(run, endpoint, held)
    const isWaitedFor = run.options.wait && endpoint.objects.length > 0
    if (isWaitedFor && !endpoint.settled) await waitReady(run, endpoint)
    const unasked = isWaitedFor ? await smokeEndpoint(run, name) : []
    const prunes = actions.filter(isPrune)
    const unready = await unreadySuccessor(prunes, resultOf)
    if (unready !== undefined) return { name, outcome: 'skipped', problems: [kept(name, unready)] }
    if (prunes.some(isSettling)) await settle(run, name)
    await inWaves(run, prunes, remove, 'backwards')
    await inWaves(run, actions.filter(isLast), write)
    return { name, outcome: outcomeOf(endpoint, isWaitedFor), problems: unasked }
  } catch (error) {
    if (!run.signal.aborted) return failedResult(run, name, error)
    return { name, outcome: interruptedOutcome(endpoint, course), problems: [] }
  }
}

interface Writing {
  writes: readonly Action[]
  /** The other runtime's objects, deleted. */
  before: readonly (KubeObject | undefined)[]
}

async function writeAll(run: Run, endpoint: string, { writes, before }: Writing): Promise<void> {
  try {
    await inWaves(run, writes, write)
  } catch (error) {
    const deleted = before.filter(object => object !== undefined)
    throw await afterFailedSwitch(run, { endpoint, before: deleted, writes, error })
  }
}

function writeInterim(run: Run, { interim, ...action }: Action): Promise<void> {
  return write(run, { ...action, ...(interim && { desired: interim }) })
}

/** What is written for a time only does not count as done. */
function unfinished({ emit, ...run }: Run): Run {
  return {
    ...run,
    emit: event => {
      if (event.type !== 'written') emit(event)
    },
  }
}

/** The endpoint under whose name this one goes on, when it is not ready. */
async function unreadySuccessor(
  prunes: readonly Action[],
  resultOf: ResultOf,
): Promise<string | undefined> {
  const successor = prunes.find(action => action.successor !== undefined)?.successor
  if (successor === undefined) return undefined
  const result = await resultOf(successor)
  const isServed = result?.outcome === 'ready' || result?.outcome === 'applied'
  return isServed ? undefined : successor
}

function kept(endpoint: string, successor: string): Problem {
  return {
    code: 'not-ready',
    severity: 'warning',
    message: `${endpoint} is kept: it was renamed to ${successor}, which is not ready`,
    endpoint,
    remedy: `Fix ${successor} and apply again: ${endpoint} goes when it is ready.`,
  }
}

/** Prunes that free what the rest of the plan needs; before everything else. */
export async function removeFirst(run: Run): Promise<EndpointResult[]> {
  const results = await Promise.all(
    run.plan.endpoints
      .filter(({ actions }) => actions.some(isFirst))
      .map(async ({ name, actions }) => {
        try {
          await inWaves(run, actions.filter(isFirst), remove, 'backwards')
          return undefined
        } catch (error) {
          return failedResult(run, name, error)
        }
      }),
  )
  return results.filter(result => result !== undefined)
}

const isSwitch = (action: Action) => action.type === 'switch'
const isFirst = (action: Action) => action.first === true
const isSoon = (action: Action) => action.soon === true
const isPrune = (action: Action) => action.type === 'prune' && !isFirst(action) && !isSoon(action)
const isLast = (action: Action) => action.last === true
const isWrite = (action: Action) =>
  action.desired !== undefined && !isHeld(action) && !isLast(action)
const isHeld = (action: Action) => action.held === true
const hasInterim = ({ interim }: Action) => interim !== undefined
const isSettling = (action: Action) => action.settles === true

function outcomeOf({ objects }: PlannedEndpoint, isWaitedFor: boolean): EndpointOutcome {
  if (objects.length === 0) return 'deleted'
  return isWaitedFor ? 'ready' : 'applied'
}

/** After an interruption nothing is wrong with an endpoint that was not finished. */
function failedResult(run: Run, name: string, error: unknown): EndpointResult {
  if (run.signal.aborted) return { name, outcome: 'skipped', problems: [] }
  const errors = error instanceof StepErrors ? error.errors : [{ error, object: undefined }]
  const problems = errors.flatMap(({ error: one, object }) => {
    const diagnosis = one instanceof EndpointFailure ? one.diagnosis : undefined
    return problemsOf(one, name, object).map(problem => {
      run.emit({
        type: 'failed',
        endpoint: name,
        problem,
        ...(diagnosis === undefined ? {} : { diagnosis }),
      })
      return problem
    })
  })
  return { name, outcome: 'failed', problems }
}
