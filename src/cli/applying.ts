import type { ApplyOptions } from '../apply/index.ts'
import { defined } from '../object/index.ts'
import { DIAGNOSTICS } from './diagnostics.ts'
import { durationFlag } from './duration.ts'
import { YES, refuseGiven, switchFlag, textFlag, type ArgsOf, type OptionTable } from './options.ts'

/** Flags of commands that carry out a plan. */
export const CARRYING_OUT = {
  'dry-run': switchFlag('Show the plan and stop'),
  wait: {
    type: 'boolean',
    default: true,
    describe: 'Wait until endpoints are ready and deletions finished',
  },
  'delete-timeout': textFlag(
    'Wait at most this long for an object and its pods to be gone, such as 5m',
  ),
  'force-finalizers': switchFlag(
    'Remove finalizers that still block a deletion after --delete-timeout',
  ),
  'force-delete-pods': switchFlag(
    'Delete pods that have not ended after --delete-timeout without their node',
  ),
  'lock-timeout': textFlag('Wait at most this long for another apply to finish, such as 10m'),
  'plan-hash': textFlag('Refuse any plan but the one with this hash'),
  ...DIAGNOSTICS,
  ...YES,
} as const satisfies OptionTable

/** Of those that wait for endpoints to become ready, too. */
export const APPLYING = {
  timeout: textFlag(
    'Wait at most this long for an endpoint to become ready, such as 15m; by default its loadTime and grace period, and 5m30s to schedule pods and pull images',
  ),
  ...CARRYING_OUT,
} as const satisfies OptionTable

/** Of the one that brings what git has into the cluster. */
export const ATTEMPT = {
  revision: textFlag('Apply the project as of this commit instead of the files here'),
  'rollback-on-failure': switchFlag(
    'Roll failed endpoints back to the last commit that was applied successfully',
  ),
  smoke: switchFlag('Run the smoke tests of endpoints that are ready; a wrong answer fails them'),
} as const satisfies OptionTable

export const UNWAITED = 'cannot be used with --no-wait'

export type ApplyingArgs = ArgsOf<typeof CARRYING_OUT> & Partial<ArgsOf<typeof APPLYING>>

export function applyOptions(args: ApplyingArgs): Partial<ApplyOptions> {
  const { wait, forceFinalizers, forceDeletePods } = args
  const force = { '--force-finalizers': forceFinalizers, '--force-delete-pods': forceDeletePods }
  // Force comes after a wait that was in vain.
  if (!wait) refuseGiven(force, UNWAITED, 'Use one of them; --delete-timeout shortens the wait.')
  return defined({
    wait,
    forceFinalizers,
    forceDeletePods,
    timeoutSeconds: durationFlag('--timeout', args.timeout),
    deleteTimeoutSeconds: durationFlag('--delete-timeout', args.deleteTimeout),
    lockTimeoutSeconds: durationFlag('--lock-timeout', args.lockTimeout),
  })
}
