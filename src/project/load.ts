import { hasErrors, SlipwayError, type Problem } from '../problem/index.ts'
import type { RenderedObject } from '../render/index.ts'
import type { EndpointSet, Source } from '../spec/index.ts'
import { openProject } from './open.ts'

/** What of a project is meant. */
export interface ProjectChoice {
  /** May be left out where the project has only one. */
  environment?: string | undefined
  /** Instead of the environment's. */
  namespace?: string | undefined
  kserveVersion?: string | undefined
}

export interface ProjectRequest {
  /** The folder with slipway.yaml. */
  directory: string
  choice: ProjectChoice
  /** Files of another time instead of those in the folder. */
  source?: Source | undefined
  /** Also with errors in what the endpoints say; not to be applied. */
  isEvenRefused?: boolean
}

/** A project in an environment. */
export interface ProjectSpecs {
  directory: string
  set: EndpointSet
}

/** The same, rendered. */
export interface Project extends ProjectSpecs {
  objects: RenderedObject[]
  /** With `kserveVersion`: what that version would refuse of the objects, and the declared one does not. They are not to be applied. */
  refusals?: readonly Problem[]
}

export interface LoadedProject<Value> {
  project: Value
  warnings: readonly Problem[]
}

/** Loads without rendering, for what is about names and the cluster only. Throws SlipwayError with every problem where one is an error. */
export async function loadSpecs(request: ProjectRequest): Promise<LoadedProject<ProjectSpecs>> {
  const { directory } = request
  const { value, problems } = await readSpecs(request)
  return { project: { directory, set: accepted(value, problems) }, warnings: problems }
}

/**
 * Loads and renders. Throws SlipwayError with every problem where one is an error; with `choice.kserveVersion`, which asks what another version would
 * mean, what only that one finds in endpoints and their objects is an answer and comes with them.
 */
export async function loadProject(request: ProjectRequest): Promise<LoadedProject<Project>> {
  const { directory } = request
  const { set, objects, problems } = await renderProject(request)
  const asked = hasErrors(problems) ? await loadRefused(request) : undefined
  return (
    asked ?? { project: { directory, set: accepted(set, problems), objects }, warnings: problems }
  )
}

/** What another version of KServe refuses, with what it would make of the rest; undefined where none is asked for, or where no endpoints are read. */
async function loadRefused(request: ProjectRequest): Promise<LoadedProject<Project> | undefined> {
  const { directory, choice } = request
  if (choice.kserveVersion === undefined) return undefined
  const { set, objects, problems } = await renderProject({ ...request, isEvenRefused: true })
  if (set === undefined) return undefined
  const refusals = problems.filter(({ severity }) => severity === 'error')
  const lasting = await alsoFoundToday(request, refusals)
  if (lasting.length > 0) throw new SlipwayError(lasting)
  const warnings = problems.filter(({ severity }) => severity !== 'error')
  return { project: { directory, set, objects, refusals }, warnings }
}

/** Those that the declared version has, too, in its words: a spec that is wrong in itself is no answer about another one. */
async function alsoFoundToday(
  { choice: { kserveVersion: _asked, ...choice }, ...request }: ProjectRequest,
  errors: readonly Problem[],
): Promise<Problem[]> {
  const { problems } = await renderProject({ ...request, choice })
  const then = new Set(errors.map(whatOf))
  return problems.filter(problem => problem.severity === 'error' && then.has(whatOf(problem)))
}

/** Without its words, which name the version. */
function whatOf({ rule, code, endpoint, object, place }: Problem): string {
  return JSON.stringify([rule, code, endpoint, object, place])
}

function accepted(set: EndpointSet | undefined, problems: readonly Problem[]): EndpointSet {
  if (set === undefined || hasErrors(problems)) throw new SlipwayError(problems)
  return set
}

/** Loads and, where that succeeds, renders; every problem of both. */
export async function renderProject(request: ProjectRequest) {
  const loaded = await readSpecs(request)
  if (loaded.value === undefined) return { objects: [], problems: loaded.problems }
  const { renderSet } = await import('../render/index.ts')
  const rendered = renderSet(loaded.value)
  return {
    set: loaded.value,
    objects: rendered.objects,
    problems: [...loaded.problems, ...rendered.problems],
  }
}

/** Loads without rendering, with every problem; no value where the project cannot be read. */
export async function readSpecs({ directory, choice, source, isEvenRefused }: ProjectRequest) {
  const { loadSet } = await import('../spec/index.ts')
  const { environment, namespace, kserveVersion } = choice
  return loadSet({
    source: source ?? (await openProject(directory)),
    ...(environment === undefined ? {} : { environment }),
    ...(isEvenRefused && { isEvenRefused }),
    overrides: {
      ...(namespace === undefined ? {} : { namespace }),
      ...(kserveVersion === undefined ? {} : { kserveVersion }),
    },
  })
}
