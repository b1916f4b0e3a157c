import type { EndpointSet } from '../../spec/index.ts'
import { ifAllowed, type Cluster } from '../../cluster/index.ts'
import { problemWith, type Problem } from '../../problem/index.ts'
import type { RenderedObject } from '../../render/index.ts'
import { explainDeletion, viewOf } from '../../status/index.ts'

export interface NamespaceCheck {
  missing: string[]
  problems: Problem[]
}

/** Every namespace is looked at before anything is changed (D6). */
export async function checkNamespaces(
  cluster: Cluster,
  set: EndpointSet,
  objects: readonly RenderedObject[],
): Promise<NamespaceCheck> {
  const users = new Map<string, RenderedObject | undefined>([
    [set.environment.namespace, undefined],
  ])
  for (const rendered of objects) {
    const { namespace } = rendered.object.metadata
    if (namespace !== undefined && !users.has(namespace)) users.set(namespace, rendered)
  }
  const states = await Promise.all([...users.keys()].map(name => namespaceState(cluster, name)))
  const names = [...users.keys()]
  const missing = names.filter((_, index) => states[index] === 'missing')
  const terminating = names.flatMap((name, index) => {
    const state = states[index]
    return typeof state === 'object' ? [{ name, blockers: state.blockers }] : []
  })
  const problems = [
    ...(set.environment.createNamespace
      ? []
      : missing.map(name => missingProblem(name, set, users.get(name)))),
    ...terminating.map(({ name, blockers }) => ({
      ...terminatingProblem(name, set, users.get(name)),
      cause: blockers,
    })),
  ]
  return { missing, problems }
}

/** Of one that is being deleted: what that waits for (D10). */
type NamespaceState = 'there' | 'missing' | { blockers: string }

/** Without the right to read namespaces we go on: the writes will tell. */
async function namespaceState(cluster: Cluster, name: string): Promise<NamespaceState> {
  const ref = { apiVersion: 'v1', kind: 'Namespace', name }
  const namespace = await ifAllowed(cluster.get(ref), 'hidden')
  if (namespace === undefined) return 'missing'
  if (namespace === 'hidden' || namespace.metadata.deletionTimestamp === undefined) return 'there'
  const now = cluster.serverTime().toISOString()
  return { blockers: explainDeletion({ object: namespace, related: viewOf([]), now }).summary }
}

function missingProblem(name: string, set: EndpointSet, user: RenderedObject | undefined): Problem {
  return problemWith({
    code: 'namespace-missing',
    message: `the namespace "${name}" does not exist in the cluster`,
    place: placeOf(set, user),
    endpoint: user?.endpoint.name,
    remedy: `Create it (kubectl create namespace ${name}), correct the name, or set createNamespace: true in the environment "${set.environment.name}".`,
  })
}

function terminatingProblem(
  name: string,
  set: EndpointSet,
  user: RenderedObject | undefined,
): Problem {
  return problemWith({
    code: 'namespace-missing',
    message: `the namespace "${name}" is being deleted; nothing can be created in it`,
    place: placeOf(set, user),
    remedy: `Apply again when it is gone (kubectl get namespace ${name} -o yaml says more), or take another namespace.`,
  })
}

function placeOf(set: EndpointSet, user: RenderedObject | undefined) {
  return user?.endpoint.placeOf('metadata.namespace') ?? set.environment.place
}
