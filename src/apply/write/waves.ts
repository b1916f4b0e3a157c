import { WAVES } from '../../kinds/index.ts'
import { formatRef } from '../../object/index.ts'
import type { Action } from '../../plan/index.ts'
import type { Run } from '../run.ts'

type Step<Result> = (run: Run, action: Action) => Promise<Result>

/** Wave after wave; all of a wave at once. A wave is finished before its failure stops the endpoint, so that all of them are told. */
export async function inWaves<Result>(
  run: Run,
  actions: readonly Action[],
  step: Step<Result>,
  direction?: 'backwards',
): Promise<Result[]> {
  const waves = direction === 'backwards' ? WAVES.toReversed() : WAVES
  const done: Result[] = []
  for (const wave of waves) {
    const group = actions.filter(action => action.wave === wave)
    if (group.length === 0) continue
    const results = await Promise.allSettled(group.map(action => step(run, action)))
    const errors = results.flatMap((result, index) => {
      const ref = group[index]?.ref
      return result.status === 'rejected'
        ? [{ error: result.reason as unknown, object: ref && formatRef(ref) }]
        : []
    })
    if (errors.length > 0) throw new StepErrors(errors)
    done.push(...results.flatMap(each => (each.status === 'fulfilled' ? [each.value] : [])))
  }
  return done
}

/** Each with the object that it is about. */
export class StepErrors extends Error {
  readonly errors: { error: unknown; object: string | undefined }[]

  constructor(errors: StepErrors['errors']) {
    super('some steps of a wave failed')
    this.errors = errors
  }
}
