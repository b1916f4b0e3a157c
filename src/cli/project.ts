import {
  actorOf,
  type LoadedProject,
  type Project,
  type ProjectChoice,
  type ProjectSpecs,
  type Proven,
  type ProvenRequest,
} from '../project/index.ts'
import { reportProblems } from './problems.ts'
import type { Terminal } from './terminal.ts'

export interface ProjectArgs extends ProjectChoice {
  /** Where the project is looked for. */
  directory: string
}

/** The folder with the slipway.yaml that -C, or the folder slipway was started in, is in. */
export async function projectFolder({
  directory,
}: Pick<ProjectArgs, 'directory'>): Promise<string> {
  const { findProject } = await import('../spec/index.ts')
  return findProject(directory)
}

/** Loads without rendering; shows warnings, throws the errors. */
export async function loadSpecs(args: ProjectArgs, terminal: Terminal): Promise<ProjectSpecs> {
  const { loadSpecs: load } = await import('../project/index.ts')
  const directory = await projectFolder(args)
  return shown(await terminal.inTurn(() => load({ directory, choice: args })), terminal)
}

/** Loads and renders; shows warnings, throws the errors. */
export async function loadProject(args: ProjectArgs, terminal: Terminal): Promise<Project> {
  const { loadProject: load } = await import('../project/index.ts')
  const directory = await projectFolder(args)
  return shown(await terminal.inTurn(() => load({ directory, choice: args })), terminal)
}

/** A project with the commit that it is of, compared with it; shows warnings, throws the errors. */
export async function loadWithProvenance(
  args: ProjectArgs,
  terminal: Terminal,
  wanted: Pick<ProvenRequest, 'revision' | 'isNamesOnly'> = {},
): Promise<Proven> {
  const { loadWithProvenance: load } = await import('../project/index.ts')
  const directory = await projectFolder(args)
  const request = { ...wanted, directory, choice: args, actor: actorOf(terminal.env) }
  const loaded = await terminal.inTurn(() => load(request))
  return { project: shown(loaded, terminal), provenance: loaded.provenance }
}

function shown<Value extends ProjectSpecs>(
  loaded: LoadedProject<Value>,
  terminal: Terminal,
): Value {
  const { project, warnings } = loaded
  reportProblems(warnings, terminal, project.directory)
  return project
}
