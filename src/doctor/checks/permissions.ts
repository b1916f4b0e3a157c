import type { Cluster } from '../../cluster/index.ts'
import { refOf } from '../../object/index.ts'
import { forbiddenVerbs, portForward, rolePermissions, type Permission } from '../../plan/index.ts'
import { about, type Check, type Finding } from '../finding.ts'

/** Asks the authorizer for everything that an apply does (what `slipway rbac` prints), and names all that is missing at once. */
export const permissions: Check = async ({ cluster, set, objects }) => {
  const refs = objects.map(({ object }) => refOf(object))
  const needed = rolePermissions({ home: set.environment.namespace, refs, createNamespaces: [] })
  const byNamespace = Map.groupBy(needed, ({ namespace }) => namespace ?? '')
  const findings = [...byNamespace].map(([namespace, group]) =>
    inNamespace(cluster, namespace, group),
  )
  return [...(await Promise.all(findings)), await nodes(cluster)]
}

async function inNamespace(
  cluster: Cluster,
  namespace: string,
  needed: readonly Permission[],
): Promise<Finding> {
  const say = about(`permissions in ${namespace}`)
  const [missing, smoke] = await Promise.all([
    Promise.all(needed.map(permission => refused(cluster, permission))),
    refused(cluster, portForward(namespace)),
  ])
  const list = missing.filter(text => text !== undefined)
  if (list.length > 0)
    return say.missing(
      [...list, ...(smoke === undefined ? [] : [smoke])].join(', '),
      'Ask an administrator to apply the output of `slipway rbac` and to bind the Role to this user.',
    )
  if (smoke === undefined) return say.ok('everything that an apply needs')
  return say.warning(
    `everything that an apply needs; for smoke tests not ${smoke}`,
    'Ask for it in a Role, where smoke tests are wanted.',
  )
}

/** `create/patch deployments.apps`: the verbs that are refused. */
async function refused(cluster: Cluster, permission: Permission): Promise<string | undefined> {
  const { group, resource } = permission
  const missing = await forbiddenVerbs(cluster, permission)
  if (missing.length === 0) return undefined
  return `${missing.join('/')} ${resource}${group === '' ? '' : `.${group}`}`
}

async function nodes(cluster: Cluster): Promise<Finding> {
  const say = about('permission to list nodes')
  if (await cluster.can({ verb: 'list', group: '', resource: 'nodes' }))
    return say.ok('so that a lack of nodes can be explained')
  return say.unseen('without it slipway works, but explains a lack of nodes less well')
}
