import type { Repository } from '../git/index.ts'
import { failure } from '../problem/index.ts'
import { checkNames } from '../project/index.ts'
import { endpointFiles, projectPaths } from '../spec/index.ts'

export interface ScopeInput {
  repository: Repository
  directory: string
  /** The revision to go back to. */
  to: string
  /** One endpoint only. */
  name: string | undefined
}

/**
 * The files that a rollback takes back: the project's desired state as either side knows it, or an endpoint's own files.
 * What else is in the repository (code, workflows, documents) stays.
 */
export async function rollbackScope({ repository, directory, to, name }: ScopeInput) {
  const sources = await bothSides({ repository, directory, to })
  if (name === undefined) return union(await Promise.all(sources.map(projectPaths)))
  const files = await Promise.all(sources.map(endpointFiles))
  checkNames([name], union(files.map(byName => [...byName.keys()])))
  const own = union(files.map(byName => byName.get(name) ?? []))
  for (const byName of files) refuseShared(name, own, byName)
  return own
}

/** The project now, and at the revision. */
export async function bothSides({ repository, directory, to }: Omit<ScopeInput, 'name'>) {
  const at = async (revision: string) => repository.sourceAt(revision, directory)
  return Promise.all([at('HEAD'), at(to)])
}

/** A file goes back as a whole. */
function refuseShared(name: string, own: readonly string[], byName: Map<string, string[]>): void {
  for (const [other, files] of byName) {
    const shared = other === name ? undefined : files.find(file => own.includes(file))
    if (shared === undefined) continue
    throw failure('usage', `${name} cannot go back alone: ${shared} holds ${other}, too`, {
      remedy: 'Roll back the whole project, or edit the file by hand and commit it.',
    })
  }
}

function union(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())]
}
