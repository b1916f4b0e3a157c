import type { Plan } from '../plan/index.ts'
import type { Problem } from '../problem/index.ts'

/**
 * Two repositories that name project, environment and namespace alike have one set: each would delete what only the other
 * has. A plan that deletes in what another repository applied last is refused.
 */
export async function guardRepository(
  plan: Plan,
  { isMoved, origin }: { isMoved: boolean; origin: () => Promise<string | undefined> },
): Promise<Plan> {
  const last = plan.lastRevision?.repository
  const gone = new Set(
    plan.actions.filter(({ type }) => type === 'prune').map(each => each.endpoint),
  )
  if (isMoved || last === undefined || gone.size === 0) return plan
  const ours = await origin()
  if (ours === undefined || ours.toLowerCase() === last.toLowerCase()) return plan
  return { ...plan, problems: [...plan.problems, otherRepository(plan, { last, ours, gone })] }
}

function otherRepository(
  { environment }: Plan,
  { last, ours, gone }: { last: string; ours: string; gone: ReadonlySet<string> },
): Problem {
  return {
    code: 'guard',
    severity: 'error',
    message: `${environment} was applied last from ${last}, and this is ${ours}: objects of ${[...gone].join(', ')} would be deleted`,
    cause: 'Two repositories with the same project, environment and namespace have one set.',
    remedy:
      'Rename the project or the environment here (slipway.yaml), or take another namespace. If the repository was moved or ' +
      'renamed, apply once with --repository-moved.',
  }
}
