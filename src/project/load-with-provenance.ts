import {
  loadProject,
  loadSpecs,
  type LoadedProject,
  type Project,
  type ProjectRequest,
} from './load.ts'
import { openProject } from './open.ts'
import { compareWithCommit, findProvenance, type Provenance } from './provenance.ts'

/** A project, and where it comes from. */
export interface Proven {
  project: Project
  provenance: Provenance
}

export type ProvenProject = LoadedProject<Project> & Proven

export interface ProvenRequest extends Omit<ProjectRequest, 'source'> {
  /** Who asks and where, for the record: `ada@laptop`, the address of a CI run. */
  actor: string
  /** A revision of git instead of the work tree. */
  revision?: string | undefined
  /** Where nothing is to be left, nothing has to be rendered. */
  isNamesOnly?: boolean
}

/**
 * A project with the commit that it is of, compared with it. git answers while the files are read, unless it has to give
 * them. Throws SlipwayError as loadProject does, and where the revision is not known.
 */
export async function loadWithProvenance(request: ProvenRequest): Promise<ProvenProject> {
  const { directory, choice, actor, revision, isNamesOnly = false } = request
  const finding = findProvenance(directory, { revision, actor })
  const given = revision === undefined ? undefined : (await finding).source
  const source = given ?? (await openProject(directory))
  const load = isNamesOnly ? loadNames : loadProject
  const [found, loaded] = await Promise.all([finding, load({ directory, choice, source })])
  return { ...loaded, provenance: await compareWithCommit(found, source.seen?.()) }
}

async function loadNames(request: ProjectRequest): Promise<LoadedProject<Project>> {
  const { project, warnings } = await loadSpecs(request)
  return { project: { ...project, objects: [] }, warnings }
}
