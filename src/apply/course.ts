import { keyOf } from '../object/index.ts'
import type { PlannedEndpoint } from '../plan/index.ts'
import type { EndpointOutcome } from './events.ts'
import type { EventBody, Run } from './run.ts'

/** What has been done so far for one endpoint, by the keys of objects. */
export interface Course {
  begun: Set<string>
  written: Set<string>
  deleted: Set<string>
}

/** A run whose events tell how far an endpoint has come. */
export function followed(run: Run): { run: Run; course: Course } {
  const course: Course = { begun: new Set(), written: new Set(), deleted: new Set() }
  const emit = (event: EventBody) => {
    note(course, event)
    run.emit(event)
  }
  return { run: { ...run, emit }, course }
}

function note({ begun, written, deleted }: Course, event: EventBody): void {
  if (event.type === 'writing' || event.type === 'deleting') begun.add(keyOf(event.ref))
  if (event.type === 'written') written.add(keyOf(event.ref))
  if (event.type === 'deleted') deleted.add(keyOf(event.ref))
}

/** What an endpoint comes to where the apply is interrupted: what was written is not called skipped. */
export function interruptedOutcome(
  { actions, objects }: Pick<PlannedEndpoint, 'actions' | 'objects'>,
  { begun, written, deleted }: Course,
): EndpointOutcome {
  const isDone = actions.every(({ ref, desired }) =>
    (desired === undefined ? deleted : written).has(keyOf(ref)),
  )
  if (isDone) return objects.length === 0 ? 'deleted' : 'applied'
  return begun.size === 0 ? 'skipped' : 'unfinished'
}
