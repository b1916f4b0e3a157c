import { hasErrors, type Problem } from '../problem/index.ts'
import { problemsAsked } from './files-asked.ts'
import {
  renderEnvironments,
  withoutRepetition,
  type RenderedEnvironment,
  type RenderRequest,
} from './render-environments.ts'

/** What checking a project found. */
export interface Validation {
  /** Those that could be rendered, with how much they hold. */
  environments: { name: string; endpoints: number; objects: number }[]
  problems: Problem[]
}

export interface ValidationRequest extends RenderRequest {
  /** Only problems in these files, or in folders of them, count; none for all. */
  files?: readonly string[]
  /** Whether an API server takes what was rendered. What is wrong already is not tried. */
  tryOnServer?: ((rendered: readonly RenderedEnvironment[]) => Promise<Problem[]>) | undefined
}

/** Loads and renders, and lists every problem once. Throws SlipwayError for a file that is not in the project. */
export async function validateProject({
  files = [],
  tryOnServer,
  ...request
}: ValidationRequest): Promise<Validation> {
  const isAsked = problemsAsked(files, request.directory)
  const { rendered, problems } = await renderEnvironments(request)
  const isTried = tryOnServer !== undefined && !hasErrors(problems)
  const found = isTried ? await tryOnServer(rendered) : []
  return {
    environments: rendered.map(sizeOf),
    problems: withoutRepetition([...problems, ...found]).filter(isAsked),
  }
}

function sizeOf({ set, objects }: RenderedEnvironment): Validation['environments'][number] {
  const { environment, endpoints } = set
  return { name: environment.name, endpoints: endpoints.length, objects: objects.length }
}
