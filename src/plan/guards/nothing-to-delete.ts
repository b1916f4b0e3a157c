import type { Problem } from '../../problem/index.ts'
import type { Scope } from '../scope.ts'

/**
 * A deletion by name that finds nothing has not deleted it; one that found something before it waited has been forestalled.
 * Where a name is none at all, that alone is said.
 */
export function nothingToDelete(
  { names, isAll, options, parent, wereThere }: Scope,
  found: readonly { endpoint?: string }[],
  told: readonly Pick<Problem, 'code'>[],
): Problem[] {
  if (!options.removalsIntended || told.some(({ code }) => code === 'unknown-endpoint')) return []
  const known = new Set(found.map(({ endpoint }) => endpoint))
  const meant = names ?? (isAll ? [...wereThere] : [])
  return meant
    .filter(name => !known.has(name))
    .map(name => (wereThere.has(name) ? deletedAlready(name) : notFound(name, parent)))
}

function deletedAlready(endpoint: string): Problem {
  return {
    code: 'deleted-already',
    severity: 'warning',
    message: `${endpoint} is deleted already: somebody else did it in the meantime`,
    endpoint,
    remedy: 'Nothing is left to do.',
  }
}

function notFound(name: string, parent: Scope['parent']): Problem {
  return {
    code: 'not-deleted',
    severity: 'warning',
    message: `there is nothing of ${name} in the cluster that could be deleted`,
    endpoint: name,
    cause: `No live object in the namespaces of ${parent.name} has the set's label and the endpoint's.`,
    remedy:
      'slipway status shows what is there; check the environment, the context and the namespace.',
  }
}
