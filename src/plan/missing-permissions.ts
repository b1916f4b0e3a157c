import { defined } from '../object/index.ts'
import { failureType, type Cluster } from '../cluster/index.ts'
import { SlipwayError, problemWith, type Problem } from '../problem/index.ts'
import { permissionsFor, type Permission, type PermissionsInput } from './permissions.ts'

/**
 * Does the work; when the API server forbids any of it, asks for all that would be needed, and throws what is missing at
 * once instead of the one thing that was met first. Nothing is asked as long as nothing is forbidden.
 */
export async function withPermissions<Result>(
  cluster: Cluster,
  needs: PermissionsInput,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (failureType(error) !== 'forbidden') throw error
    const problems = await missingPermissions(cluster, needs)
    throw problems.length === 0 ? error : new SlipwayError(problems, { cause: error })
  }
}

/** One problem for each namespace in which something may not be done. */
export async function missingPermissions(
  cluster: Cluster,
  needs: PermissionsInput,
): Promise<Problem[]> {
  const checked = await Promise.all(
    permissionsFor(needs).map(async permission => ({
      ...permission,
      verbs: await forbiddenVerbs(cluster, permission),
    })),
  )
  const missing = checked.filter(({ verbs }) => verbs.length > 0)
  return [...Map.groupBy(missing, ({ namespace }) => namespace)].map(([namespace, group]) =>
    missingProblem(namespace, group),
  )
}

/** The verbs of a permission that the API server refuses us. */
export async function forbiddenVerbs(cluster: Cluster, permission: Permission): Promise<string[]> {
  const { namespace, group, resource: path, verbs, names } = permission
  // A permission for one name cannot be asked for without it; the request itself will tell.
  if (names !== undefined) return []
  const [resource = '', subresource] = path.split('/')
  const answers = await Promise.all(
    verbs.map(verb => cluster.can(defined({ verb, group, resource, subresource, namespace }))),
  )
  return verbs.filter((_, index) => answers[index] === false)
}

function missingProblem(namespace: string | undefined, missing: readonly Permission[]): Problem {
  const list = missing.map(
    ({ group, resource, verbs }) =>
      `${verbs.join(', ')} ${group === '' ? resource : `${resource}.${group}`}`,
  )
  const where = namespace === undefined ? 'in the cluster' : `in the namespace "${namespace}"`
  return problemWith({
    code: 'forbidden',
    message: `permissions are missing ${where}: ${list.join('; ')}`,
    remedy:
      'Ask an administrator to apply the output of `slipway rbac` and to bind the Role to this user.',
  })
}
