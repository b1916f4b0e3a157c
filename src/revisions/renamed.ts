import { SET_IDENTITY } from '../plan/index.ts'
import type { Problem } from '../problem/index.ts'
import { describeEnvironments, type EndpointSet, type Source } from '../spec/index.ts'
import { listOf } from '../words/index.ts'

/**
 * Of an environment that a revision does not have: that one which it has, and which is gone since, was in the same namespace of the same cluster. All of it is
 * shown as new, and an apply would find it there as another set's.
 */
export async function renamedSince(
  old: Source,
  { environment, environments }: Pick<EndpointSet, 'environment' | 'environments'>,
): Promise<Problem[]> {
  const { value = [] } = await describeEnvironments(old)
  const gone = value
    .filter(
      ({ name, namespace, context }) =>
        namespace === environment.namespace &&
        context === environment.context &&
        !environments.includes(name),
    )
    .map(({ name }) => name)
  if (gone.length === 0) return []
  const names = listOf(gone)
  return [
    {
      code: 'foreign-owner',
      severity: 'warning',
      message: `${environment.name} is new, and ${names}, which was in the same namespace, is gone: if it was renamed, an apply is refused`,
      place: environment.place,
      cause: SET_IDENTITY,
      remedy: `Keep the old name; or delete what it has first, with an outage: slipway delete --all -e ${gone[0]}, from a commit that has it.`,
    },
  ]
}
