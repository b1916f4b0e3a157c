import { formatRef, WAVES } from '../object/index.ts'
import type { Action, PlannedEndpoint } from '../plan/index.ts'
import type { Problem } from '../problem/index.ts'
import type { EndpointOutcome } from './events.ts'
import { EndpointFailure, problemsOf } from './failed.ts'
import { remove } from './remove.ts'
import type { Run } from './run.ts'
import { smokeEndpoint } from './smoke.ts'
import { waitReady } from './wait-ready.ts'
import { write } from './write.ts'

export interface EndpointResult {
  name: string
  outcome: EndpointOutcome
  problems: Problem[]
}

/** What a plan has for one endpoint. */
export interface EndpointWork {
  endpoint: PlannedEndpoint
  actions: readonly Action[]
  /** Of another endpoint, which was begun before. */
  resultOf: (name: string) => Promise<EndpointResult> | undefined
}

/** Everything that is done for one endpoint, in order. Its failure is its own: the others go on. */
export async function applyEndpoint(
  run: Run,
  { endpoint, actions, resultOf }: EndpointWork,
): Promise<EndpointResult> {
  const { name } = endpoint
  try {
    await inWaves(run, actions.filter(isSwitch), remove)
    await inWaves(run, actions.filter(isWrite), write)
    const isWaitedFor = run.options.wait && endpoint.objects.length > 0
    if (isWaitedFor && !endpoint.settled) await waitReady(run, endpoint)
    if (isWaitedFor) await smokeEndpoint(run, name)
    const prunes = actions.filter(isPrune)
    const unready = await unreadySuccessor(prunes, resultOf)
    if (unready !== undefined) return { name, outcome: 'skipped', problems: [kept(name, unready)] }
    await inWaves(run, prunes, remove, 'backwards')
    return { name, outcome: outcomeOf(endpoint, isWaitedFor), problems: [] }
  } catch (error) {
    return failedResult(run, name, error)
  }
}

/** The endpoint under whose name this one goes on, when it is not ready. */
async function unreadySuccessor(
  prunes: readonly Action[],
  resultOf: EndpointWork['resultOf'],
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
    remedy: `Mend ${successor} and apply again: ${endpoint} goes when it is ready.`,
  }
}

/** Prunes that free what the rest of the plan needs; before everything else. */
export async function removeFirst(run: Run): Promise<EndpointResult[]> {
  const actions = run.plan.actions.filter(action => action.first === true)
  const byEndpoint = Map.groupBy(actions, action => action.endpoint)
  const results = await Promise.all(
    [...byEndpoint].map(async ([name, group]) => {
      try {
        await inWaves(run, group, remove, 'backwards')
        return undefined
      } catch (error) {
        return failedResult(run, name, error)
      }
    }),
  )
  return results.filter(result => result !== undefined)
}

const isSwitch = (action: Action) => action.type === 'switch'
const isPrune = (action: Action) => action.type === 'prune' && action.first !== true
const isWrite = (action: Action) => action.desired !== undefined

type Step = (run: Run, action: Action) => Promise<void>

/** Wave after wave; all of a wave at once. A wave is finished before its failure stops the endpoint, so that all of them are told. */
async function inWaves(
  run: Run,
  actions: Action[],
  step: Step,
  direction?: 'backwards',
): Promise<void> {
  const waves = direction === 'backwards' ? WAVES.toReversed() : WAVES
  for (const wave of waves) {
    const group = actions.filter(action => action.wave === wave)
    const results = await Promise.allSettled(group.map(action => step(run, action)))
    const errors = results.flatMap((result, index) => {
      const ref = group[index]?.ref
      return result.status === 'rejected'
        ? [{ error: result.reason as unknown, object: ref && formatRef(ref) }]
        : []
    })
    if (errors.length > 0) throw new StepErrors(errors)
  }
}

class StepErrors extends Error {
  readonly errors: { error: unknown; object: string | undefined }[]

  constructor(errors: StepErrors['errors']) {
    super('some steps of a wave failed')
    this.errors = errors
  }
}

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
