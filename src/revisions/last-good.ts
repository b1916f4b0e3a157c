import { compareRenders, type Revision } from '../plan/index.ts'
import {
  findProvenance,
  loadProject,
  type Project,
  type ProjectChoice,
  type ProvenProject,
  type Provenance,
} from '../project/index.ts'
import type { RenderedObject } from '../render/index.ts'

/** Commits that were applied to the whole set with success, newest first, each once; without the given one. */
export function goodCommits(revisions: readonly Revision[], except: string | undefined): string[] {
  const commits = revisions.filter(isGood).flatMap(({ commit }) => commit ?? [])
  return [...new Set(commits)].filter(commit => commit !== except)
}

function isGood({ action, result, only, dirty }: Revision): boolean {
  return action === undefined && result === 'succeeded' && only === undefined && !dirty
}

export interface Failed {
  /** What was applied, newest first. */
  revisions: readonly Revision[]
  /** What was applied, and failed. */
  project: Project
  provenance: Provenance
  choice: ProjectChoice
  /** Names of the endpoints that failed. */
  endpoints: readonly string[]
  /** Hears which commit cannot be had, before the error says why. */
  onLost: (commit: string) => void
}

export interface LastGood extends ProvenProject {
  commit: string
}

/**
 * The newest commit that the record calls good and that renders something else for the endpoints that failed, for them to be returned
 * to (R6); undefined where there is none. Throws SlipwayError where a commit is not here, or is not valid any more.
 */
export async function loadLastGood(failed: Failed): Promise<LastGood | undefined> {
  const { revisions, project, provenance } = failed
  for (const commit of goodCommits(revisions, provenance.info.commit)) {
    // oxlint-disable-next-line no-await-in-loop
    const good = await loadAt(commit, failed)
    const [now, before] = [project, good.project].map(({ objects }) => ownOf(objects, failed))
    if (compareRenders(now ?? [], before ?? []).length > 0) return { ...good, commit }
  }
  return undefined
}

function ownOf(objects: readonly RenderedObject[], { endpoints }: Failed): RenderedObject[] {
  return objects.filter(({ endpoint }) => endpoints.includes(endpoint.name))
}

async function loadAt(commit: string, failed: Failed): Promise<ProvenProject> {
  const { project, provenance, choice, onLost } = failed
  const { directory } = project
  const { actor } = provenance.info
  try {
    const good = await findProvenance(directory, { revision: commit, actor })
    const loaded = await loadProject({ directory, choice, source: good.source })
    return { ...loaded, provenance: good }
  } catch (error) {
    onLost(commit)
    throw error
  }
}
