import { defined } from '../object/index.ts'
import type { PlanOptions } from '../plan/index.ts'
import { numberFlag, switchFlag, type ArgsOf, type OptionTable } from './options.ts'

/** Flags that decide what else is deleted. */
export const DELETING = {
  'prune-data': switchFlag('Delete volume claims, namespaces and definitions, too'),
  'include-related': switchFlag(
    'Delete objects that belong to a deleted endpoint by reference only',
  ),
} as const satisfies OptionTable

/** Flags that decide what a plan may do: each takes back one refusal. */
export const PLAN = {
  'force-conflicts': switchFlag('Take fields that other managers hold'),
  'take-fields': switchFlag(
    'Take over fields that only other managers hold: those that git does not have are removed',
  ),
  'allow-loss': switchFlag(
    "Allow taking from others: a Service's pods, or a container, component, port or volume that git does not have",
  ),
  'allow-empty': switchFlag('Allow a project without endpoints to delete everything'),
  'max-prune': numberFlag(
    "Delete up to this many objects; by default what the environment's policy allows",
  ),
  ...DELETING,
} as const satisfies OptionTable

/** Of commands that apply: each takes back a refusal for where the files come from. */
export const ORDER = {
  'allow-older': switchFlag(
    'Apply a commit older than the one applied last, or with an older slipway',
  ),
  'allow-no-commit': switchFlag('Apply files outside git even though a commit was applied last'),
} as const satisfies OptionTable

/** Of commands that delete what git no longer has: each takes back a refusal for who applied last. */
export const MOVED = {
  'repository-moved': switchFlag('Delete even though the last apply came from another repository'),
  'take-back': switchFlag(
    'Take the set back from Flux or Argo CD, with the fields that only they hold',
  ),
} as const satisfies OptionTable

type Planning = ArgsOf<typeof DELETING> &
  ArgsOf<typeof MOVED> &
  Partial<ArgsOf<typeof PLAN>> &
  Partial<ArgsOf<typeof ORDER>>

/** What is not given is as the plan has it by itself. */
export function planOptions(args: Planning): Partial<PlanOptions> {
  const { forceConflicts, takeFields = false, allowLoss, allowEmpty, allowOlder } = args
  const { allowNoCommit, repositoryMoved, takeBack, maxPrune, pruneData, includeRelated } = args
  return defined({
    allowOlder,
    allowNoCommit,
    repositoryMoved,
    forceConflicts,
    takeFields: takeFields || takeBack,
    takeBack,
    allowLoss,
    allowEmpty,
    pruneData,
    includeRelated,
    maxPrune,
  })
}
