import type { Repository } from '../git/index.ts'
import { failure, type Problem, type SlipwayError } from '../problem/index.ts'
import { endpointFiles } from '../spec/index.ts'
import { listOf, shortCommit, someOf } from '../words/index.ts'
import { effectsOf, type Renders } from './effects.ts'
import { bothSides, rollbackScope } from './rollback-scope.ts'

/** The objects of one endpoint, in the environments that are asked for. */
export interface OneEndpoint {
  now: Renders
  /** At the revision. */
  past: Renders
  /** After its own files went back. */
  restored: Renders
}

/**
 * same       it is as it was
 * elsewhere  it is not, and its own files change nothing of that: an overlay, a default or a catalogue does
 * lost       its own files would go to where the project has no endpoints any more
 * partly     it comes nearer, and what other files say stays
 * whole      it is as it was, afterwards
 */
export type OneVerdict = 'same' | 'elsewhere' | 'lost' | 'partly' | 'whole'

export function judgeOne({ now, past, restored }: OneEndpoint): OneVerdict {
  if (effectsOf(now, past).length === 0) return 'same'
  if (isLost(past, restored)) return 'lost'
  if (effectsOf(now, restored).length === 0) return 'elsewhere'
  const left = effectsOf(restored, past).filter(({ changes }) => changes !== undefined)
  return left.length > 0 ? 'partly' : 'whole'
}

function isLost(past: Renders, restored: Renders): boolean {
  return [...past].some(([environment, objects = []]) => {
    const kept = restored.get(environment)
    return objects.length > 0 && kept?.length === 0
  })
}

export interface OneQuestion {
  repository: Repository
  directory: string
  name: string
  /** A full hash. */
  to: string
}

/** What cannot be taken back by the files of one endpoint. `changedIn` says whether a commit, a full hash, changed the endpoint. */
export async function refuseOne(
  verdict: 'elsewhere' | 'lost',
  question: OneQuestion & { changedIn: (commit: string) => Promise<boolean> },
): Promise<SlipwayError> {
  const { name, to, changedIn } = question
  if (verdict === 'lost') return outOfPlace(question)
  const { files, commits } = await sharedChanges(question)
  const newest = await newestOf(commits, changedIn)
  const alone = newest && `To take back one commit alone: slipway rollback --commit ${newest}. `
  return failure(
    'nothing-to-roll-back',
    `${name} is not as it was at ${shortCommit(to)}, and its own files do not change that: ${listOf(files)} changed`,
    {
      cause: 'An overlay, a default or a catalogue does not belong to one endpoint alone.',
      remedy: `${alone ?? ''}To take back everything: slipway rollback --to ${shortCommit(to)}.`,
    },
  )
}

/** How many commits are rendered to find it. */
const MOST_COMMITS = 20

/** Others of the same files may be about other endpoints, or another environment. */
async function newestOf(
  commits: readonly string[],
  changedIn: (commit: string) => Promise<boolean>,
): Promise<string | undefined> {
  for (const commit of commits.slice(0, MOST_COMMITS)) {
    // oxlint-disable-next-line no-await-in-loop
    if (await changedIn(commit)) return shortCommit(commit)
  }
  return undefined
}

async function outOfPlace({ repository, directory, name, to }: OneQuestion): Promise<SlipwayError> {
  const [now, past] = await Promise.all(
    (await bothSides({ repository, directory, to })).map(endpointFiles),
  )
  const was = past?.get(name) ?? []
  const is = now?.get(name)
  return failure(
    'nothing-to-roll-back',
    `${name} cannot go back alone: at ${shortCommit(to)} it was in ${listOf(was)}, where the project has no endpoints now`,
    {
      cause:
        'The folder of the endpoints was moved since; there it would be no endpoint, and the next apply would delete it.',
      remedy:
        is === undefined
          ? 'Roll back the whole project, or write its file anew.'
          : `Roll back the whole project, or edit ${listOf(is)} by hand and commit it.`,
    },
  )
}

/** That what other files say stays as it is. */
export async function partlyBack(question: OneQuestion): Promise<Problem> {
  const { name, to } = question
  const { files } = await sharedChanges(question)
  return {
    code: 'partly-rolled-back',
    severity: 'warning',
    message: `${name} will not be in all as it was at ${shortCommit(to)}: what changed since in ${someOf(files)} stays`,
    endpoint: name,
    remedy: `To take that back, too: slipway rollback --to ${shortCommit(to)}.`,
  }
}

/** Files that are no endpoint's and differ from the revision, and the commits that changed them, newest first. */
async function sharedChanges({ repository, directory, to }: Omit<OneQuestion, 'name'>) {
  const paths = await rollbackScope({ repository, directory, to, name: undefined })
  const sides = await bothSides({ repository, directory, to })
  const own = (await Promise.all(sides.map(endpointFiles))).flatMap(byName => [...byName.values()])
  const endpoints = new Set(own.flat())
  const all = await repository.revertPlan({ to, paths })
  const files = all.files.filter(file => !endpoints.has(file))
  if (files.length === 0) return { files: ['another file'], commits: [] }
  const { commits } = await repository.revertPlan({ to, paths: files })
  return { files, commits: commits.map(({ hash }) => hash) }
}
