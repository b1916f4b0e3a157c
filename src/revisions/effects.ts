import type { Repository } from '../git/index.ts'
import { compareRenders, judgeBase, type ObjectChange } from '../plan/index.ts'
import { SlipwayError } from '../problem/index.ts'
import { readSpecs, renderProject, type ProjectChoice } from '../project/index.ts'
import type { RenderedObject } from '../render/index.ts'
import { listEnvironments, type Source } from '../spec/index.ts'

/** What a project's files render to, by environment; undefined where they cannot be rendered. */
export type Renders = ReadonlyMap<string, readonly RenderedObject[] | undefined>

/** What changes in the objects of an environment. */
export interface Effect {
  environment: string
  /** Undefined where one of the two sides cannot be rendered. */
  changes: RenderedChanges | undefined
}

export interface RenderedChanges {
  differences: ObjectChange[]
  /** As the objects will be. */
  after: readonly RenderedObject[]
}

export interface RenderQuestion {
  repository: Repository
  /** Of the project. */
  directory: string
  choice: ProjectChoice
}

/** In every environment that the files have; one that they do not have yet is empty where it is asked for. */
export async function renderEverywhere(
  { directory, choice }: RenderQuestion,
  source: Source,
): Promise<Renders> {
  const renders = new Map<string, readonly RenderedObject[] | undefined>()
  for (const environment of await listEnvironments(source)) {
    const request = { directory, choice: { ...choice, environment }, source }
    // oxlint-disable-next-line no-await-in-loop
    const { set, objects, problems } = await renderProject(request)
    const isAbsent = judgeBase(problems, { environment, revision: '' }).state === 'absent'
    renders.set(environment, set === undefined && !isAbsent ? undefined : objects)
  }
  return renders
}

/** Throws where the environment that is asked for is on neither side: it neither comes nor goes, nobody knows it. */
export async function refuseUnknown(
  { repository, directory, choice }: RenderQuestion,
  before: Renders,
  after: Renders,
): Promise<void> {
  const { environment } = choice
  // Of a project that cannot be read no environment is known.
  const isRead = before.size > 0 && after.size > 0
  if (environment === undefined || !isRead) return
  if (before.has(environment) || after.has(environment)) return
  const source = await repository.sourceAt('HEAD', directory)
  const { problems } = await readSpecs({ directory, choice, source })
  throw new SlipwayError(problems.filter(({ code }) => code === 'unknown-environment'))
}

/**
 * The environments in which something changes from one side to the other, or in which that cannot be told: a broken project is what a
 * rollback is for. In the order of slipway.yaml.
 */
export function effectsOf(before: Renders, after: Renders): Effect[] {
  // Of a project that cannot be read no environment is known.
  const environments = new Set([...before.keys(), ...after.keys()])
  return [...environments].flatMap((environment): Effect[] => {
    const changes = changesOf(sideOf(before, environment), sideOf(after, environment))
    const isSame = changes?.differences.length === 0
    return isSame ? [] : [{ environment, changes }]
  })
}

function sideOf(renders: Renders, environment: string): readonly RenderedObject[] | undefined {
  if (renders.size === 0) return undefined
  return renders.has(environment) ? renders.get(environment) : []
}

function changesOf(
  before: readonly RenderedObject[] | undefined,
  after: readonly RenderedObject[] | undefined,
): RenderedChanges | undefined {
  if (before === undefined || after === undefined) return undefined
  return { differences: compareRenders(before, after), after }
}

/** Of one endpoint only. */
export function onlyOf(renders: Renders, endpoint: string): Renders {
  const own = (objects: readonly RenderedObject[] | undefined) =>
    objects?.filter(each => each.endpoint.name === endpoint)
  return new Map([...renders].map(([environment, objects]) => [environment, own(objects)]))
}

/** Of one environment only, where it is given. */
export function onlyIn(renders: Renders, environment: string | undefined): Renders {
  if (environment === undefined || renders.size === 0) return renders
  return new Map([[environment, sideOf(renders, environment)]])
}
