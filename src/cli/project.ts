import { closest, hasErrors, SlipwayError } from '../problem/index.ts'
import type { Problem } from '../problem/index.ts'
import type { RenderedObject } from '../render/index.ts'
import type { EndpointSet, LoadOptions, Recorded, Source } from '../spec/index.ts'
import { reportProblems } from './problems.ts'
import type { Terminal } from './terminal.ts'

export interface ProjectArgs {
  directory: string
  environment?: string | undefined
  namespace?: string | undefined
}

/** A project in an environment, rendered. */
export interface Project {
  directory: string
  set: EndpointSet
  objects: RenderedObject[]
}

/** Loads without rendering, for what is about names and the cluster only; shows warnings, throws the errors. */
export async function loadSpecs(
  args: ProjectArgs,
  terminal: Terminal,
  source?: Source,
): Promise<Omit<Project, 'objects'>> {
  const directory = await projectFolder(args)
  const { value, problems } = await readSet(args, directory, source)
  return { directory, set: accepted({ set: value, problems, directory }, terminal) }
}

/** Loads and renders; shows warnings, throws the errors. `source` is another revision's files. */
export async function loadProject(
  args: ProjectArgs,
  terminal: Terminal,
  source?: Source,
): Promise<Project> {
  const directory = await projectFolder(args)
  const { set, objects, problems } = await renderProject(args, directory, source)
  return { directory, set: accepted({ set, problems, directory }, terminal), objects }
}

interface Read {
  set?: EndpointSet | undefined
  problems: readonly Problem[]
  directory: string
}

/** The set, after its warnings were shown; throws the errors. */
function accepted({ set, problems, directory }: Read, terminal: Terminal): EndpointSet {
  if (set === undefined || hasErrors(problems)) throw new SlipwayError(problems)
  reportProblems(problems, terminal, directory)
  return set
}

/** The folder with the slipway.yaml that -C, or the folder slipway was started in, is in. */
export async function projectFolder({ directory }: ProjectArgs): Promise<string> {
  const { findProject } = await import('../spec/index.ts')
  return findProject(directory)
}

/** Loads and, where that succeeds, renders; every problem of both. */
export async function renderProject(args: ProjectArgs, directory: string, source?: Source) {
  const loaded = await readSet(args, directory, source)
  if (loaded.value === undefined) return { objects: [], problems: loaded.problems }
  const { renderSet } = await import('../render/index.ts')
  const rendered = renderSet(loaded.value)
  return {
    set: loaded.value,
    objects: rendered.objects,
    problems: [...loaded.problems, ...rendered.problems],
  }
}

async function readSet(args: ProjectArgs, directory: string, source?: Source) {
  const { loadSet } = await import('../spec/index.ts')
  return loadSet(loadOptions(args, source ?? (await openProject(directory))))
}

/** The files of a project as they are on disk. git is asked only where the disk does not show what they are. */
export async function openProject(directory: string): Promise<Source> {
  const { openFolder } = await import('../spec/index.ts')
  let asked: ReturnType<Recorded> | undefined
  const ask = async () => {
    const { recordedIn } = await import('../git/index.ts')
    return recordedIn(directory)
  }
  return openFolder(directory, { recorded: () => (asked ??= ask()) })
}

/** What loadSet wants to know of the command line. */
export function loadOptions({ environment, namespace }: ProjectArgs, source: Source): LoadOptions {
  return {
    source,
    ...(environment === undefined ? {} : { environment }),
    ...(namespace === undefined ? {} : { overrides: { namespace } }),
  }
}

/** Throws when a name is none of the endpoints. */
export function checkNames(names: readonly string[], known: readonly string[]): void {
  const problems = names
    .filter(name => !known.includes(name))
    .map((name): Problem => {
      const near = closest(name, known)
      return {
        code: 'unknown-endpoint',
        severity: 'error',
        message: `there is no endpoint "${name}"`,
        remedy: near === undefined ? endpointsThereAre(known) : `Did you mean "${near}"?`,
      }
    })
  if (problems.length > 0) throw new SlipwayError(problems)
}

function endpointsThereAre(known: readonly string[]): string {
  if (known.length === 0) return 'There are none yet.'
  const shown = known.slice(0, 10).join(', ')
  return `There are: ${shown}${known.length > 10 ? `, … (${known.length} in all)` : ''}.`
}
