import { SlipwayError } from '../problem/index.ts'
import { chooseEnvironment } from './environment.ts'
import { describeEnvironments, readProject, type DescribedEnvironment } from './project.ts'
import type { Source } from './source.ts'

export interface EnvironmentQuestion {
  /** As it is given: one name, a group, or several of both with commas between them. */
  environment?: string | undefined
  /** All that pipelines apply. */
  all?: boolean
}

export interface ChosenEnvironments {
  /** Each once, in the order that is asked for: of the list, of the group, of slipway.yaml. */
  names: string[]
  /** Whether more than one name can be meant, even where it comes to one. */
  isList: boolean
}

/**
 * The environments that are meant. A name that is neither an environment nor a group stays, for whoever loads it to say so;
 * so does everything where slipway.yaml cannot be read. No names where none is asked for.
 */
export async function chooseEnvironments(
  source: Source,
  { environment, all = false }: EnvironmentQuestion,
): Promise<ChosenEnvironments> {
  if (environment === undefined && !all) return { names: [], isList: false }
  const { value } = await readProject(source)
  const { environments = {}, groups = {} } = value?.document.spec ?? {}
  const words = environment?.split(',').map(word => word.trim()) ?? []
  const given = words.flatMap(word => (Object.hasOwn(groups, word) ? groups[word] : word) ?? word)
  const applied = Object.entries(environments).filter(([, { pipeline = true }]) => pipeline)
  const names = all ? applied.map(([name]) => name) : given
  const isGroup = words.length === 1 && Object.hasOwn(groups, words[0] ?? '')
  return { names: [...new Set(names)], isList: all || isGroup || words.length > 1 }
}

/** Those that are meant, each of which has to be in slipway.yaml: throws where one is not. */
export async function knownEnvironments(source: Source, environment: string): Promise<string[]> {
  const { names } = await chooseEnvironments(source, { environment })
  const { value, problems } = await readProject(source)
  if (value === undefined) throw new SlipwayError(problems)
  const unknown = names.flatMap(name =>
    chooseEnvironment(value, { name, namespace: undefined }).problems.filter(
      ({ code }) => code === 'unknown-environment',
    ),
  )
  if (unknown.length > 0) throw new SlipwayError(unknown)
  return names
}

/** The same as slipway.yaml has them; all where none is given. Throws where slipway.yaml cannot be read, too. */
export async function describeChosen(
  source: Source,
  environment?: string,
): Promise<DescribedEnvironment[]> {
  const { value, problems } = await describeEnvironments(source)
  if (value === undefined) throw new SlipwayError(problems)
  if (environment === undefined) return value
  const names = await knownEnvironments(source, environment)
  return value.filter(({ name }) => names.includes(name))
}
