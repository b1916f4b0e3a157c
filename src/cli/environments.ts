import { failure } from '../problem/index.ts'
import { openProject } from '../project/index.ts'
import { refuseGiven, switchFlag, type OptionTable } from './options.ts'
import { projectFolder } from './project.ts'

/** Of commands that take several environments at once. */
export const SEVERAL = {
  'all-environments': switchFlag(
    'Take every environment that pipelines apply, in the order of slipway.yaml; -e takes several, too: a,b or a group',
  ),
} as const satisfies OptionTable

/** What is about one environment cannot be meant for several. */
export const OF_ONE = 'takes one environment, and several are given'

export interface SeveralArgs {
  directory: string
  environment?: string | undefined
  allEnvironments: boolean
  context?: string | undefined
  planHash?: string | undefined
}

/** The names of the environments that are meant; undefined where only one can be. */
export async function severalOf(args: SeveralArgs): Promise<string[] | undefined> {
  const { allEnvironments: all, environment } = args
  if (environment === undefined && !all) return undefined
  if (all && environment !== undefined)
    throw failure('usage', '--all-environments and -e exclude each other: give one of them')
  const { chooseEnvironments } = await import('../spec/index.ts')
  const source = await openProject(await projectFolder(args))
  const { names, isList } = await chooseEnvironments(source, { environment, all })
  if (!isList) return undefined
  if (names.length === 0)
    throw failure('usage', 'there is no environment that pipelines apply', {
      remedy: 'Name environments with -e: in slipway.yaml all of them have "pipeline: false".',
    })
  const { context, planHash } = args
  const remedy = 'Leave it out, or name one environment with -e.'
  refuseGiven({ '--context': context, '--plan-hash': planHash }, OF_ONE, remedy)
  return names
}
