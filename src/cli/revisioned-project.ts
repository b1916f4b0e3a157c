import type { Seen, Source } from '../spec/index.ts'
import { loadProject, loadSpecs, openProject } from './project.ts'
import type { Project, ProjectArgs } from './project.ts'
import { compareWithCommit, findRevision } from './revision.ts'
import type { Revisioned } from './revision.ts'
import type { Terminal } from './terminal.ts'

export interface RevisionedProject {
  revision: Revisioned
  project: Project
}

interface Wanted {
  /** Of the project. */
  directory: string
  /** Instead of the work tree. */
  revision?: string | undefined
  /** Where nothing is to be left, nothing has to be rendered. */
  isNamesOnly?: boolean
}

/** A project with the commit that it is of, compared with it. git answers while the files are read, unless it has to give them. */
export async function loadRevisioned(
  args: ProjectArgs,
  { directory, revision, isNamesOnly = false }: Wanted,
  terminal: Terminal,
): Promise<RevisionedProject> {
  const finding = findRevision(directory, { revision, env: terminal.env })
  const given = revision === undefined ? undefined : (await finding).source
  const source = given ?? (await openProject(directory))
  const load = isNamesOnly ? loadNames : loadProject
  const [found, project] = await Promise.all([finding, load(args, terminal, source)])
  return { revision: await compareWithCommit(found, seenOf(source)), project }
}

async function loadNames(args: ProjectArgs, terminal: Terminal, source: Source): Promise<Project> {
  return { ...(await loadSpecs(args, terminal, source)), objects: [] }
}

function seenOf(source: Source): Seen | undefined {
  return source.seen?.()
}
