import { cleanLine, withoutSkip } from '../foreign/index.ts'
import type { Commit, RevertPlan } from '../git/index.ts'
import { failure, SlipwayError, type Problem } from '../problem/index.ts'
import { readSpecs } from '../project/index.ts'
import { PROJECT_FILE, type EndpointSet } from '../spec/index.ts'
import { shortCommit } from '../words/index.ts'
import {
  effectsOf,
  onlyIn,
  onlyOf,
  refuseUnknown,
  renderEverywhere,
  type Renders,
} from './effects.ts'
import { goodCommits } from './last-good.ts'
import { judgeOne, partlyBack, refuseOne, type OneVerdict } from './one-endpoint.ts'
import { outsideHistory } from './outside-history.ts'
import { rollbackBy, type Rollback, type RollbackRequest } from './rollback.ts'
import { rollbackScope } from './rollback-scope.ts'

/** A revision to go back to, and what that leads to. */
interface Target {
  /** The one that is asked for. */
  environment: string | undefined
  plan: RevertPlan
  /** Files and folders that go back. */
  paths: string[]
  before: Renders
  after: Renders
  /** Whether the environment that is asked for, or the endpoint in it, comes to what it was. */
  verdict: OneVerdict
}

/** To the revision given, else to the newest good one from which the environment, or the endpoint in it, differs now. */
export async function planRollback(request: RollbackRequest): Promise<Rollback> {
  const { repository, name } = request
  const { environment, plan, paths, before, after, verdict } = await findTarget(request)
  const { hash, subject } = plan.to
  const what = name === undefined ? '' : `${name} `
  const message = withoutSkip(`Roll back ${what}to ${shortCommit(hash)}\n\n${cleanLine(subject)}`)
  const isPartly = name !== undefined && verdict === 'partly'
  const found = {
    environment,
    headline: `${name === undefined ? 'Back' : `${name} back`} to ${shortCommit(hash)} (${subject}), which takes back`,
    commits: plan.commits,
    files: plan.files,
    message,
    branch: branchFor(name, plan.from),
    effects: effectsOf(before, after),
    warnings: [
      ...(await outsideHistory({
        repository,
        commit: hash,
        consequence: 'the files become what they are there, which may never have been here',
      })),
      ...(isPartly ? [await partlyBack({ ...request, name, to: hash })] : []),
    ],
  }
  return rollbackBy(found, () => repository.restore({ revision: hash, paths, message }))
}

function branchFor(name: string | undefined, from: Commit): string {
  const parts = ['slipway/rollback', name, shortCommit(from.hash)]
  return parts.filter(part => part !== undefined).join('-')
}

async function findTarget(request: RollbackRequest): Promise<Target> {
  const { repository, directory, to } = request
  const before = await renderEverywhere(request, await repository.sourceAt('HEAD', directory))
  return to === undefined ? newestGood(request, before) : namedTarget(request, { to, before })
}

async function namedTarget(
  request: RollbackRequest,
  { to, before }: { to: string; before: Renders },
): Promise<Target> {
  const target = await targetAt(request, { to, before })
  await refuseUnknown(request, before, target.after)
  await refuseUseless(request, target)
  if (target.plan.files.length > 0) return target
  const subject = request.name ?? 'the project'
  throw failure('nothing-to-roll-back', `${subject} is already as it was at ${to}`)
}

async function newestGood(request: RollbackRequest, before: Renders): Promise<Target> {
  const { environment, commits } = await goodRevisions(request)
  const inEnvironment = { ...request, choice: { ...request.choice, environment } }
  for (const to of commits) {
    // oxlint-disable-next-line no-await-in-loop
    const target = await targetAt(inEnvironment, { to, before })
    if (target.verdict === 'same') continue
    // oxlint-disable-next-line no-await-in-loop
    await refuseUseless(request, target)
    return target
  }
  const of = request.name === undefined ? '' : ` in ${request.name}`
  const message =
    commits.length === 0
      ? `no other revision was applied to ${environment} successfully`
      : `no revision that was applied to ${environment} successfully differs from the current one${of}`
  throw failure('nothing-to-roll-back', message, {
    remedy: 'See slipway history for what was applied; name a revision with --to.',
  })
}

async function refuseUseless(request: RollbackRequest, { verdict, plan }: Target): Promise<void> {
  const { name } = request
  if (name === undefined || (verdict !== 'elsewhere' && verdict !== 'lost')) return
  const changedIn = async (commit: string) => {
    const [after, before] = await Promise.all(
      [commit, `${commit}^`].map(each => rendersAt({ ...request, name }, each)),
    )
    // The first commit of all has none before it.
    return after === undefined || before === undefined || effectsOf(before, after).length > 0
  }
  throw await refuseOne(verdict, { ...request, name, to: plan.to.hash, changedIn })
}

/** One endpoint at a revision, in the environments that are asked for; undefined where there is no such revision. */
async function rendersAt(
  request: RollbackRequest & { name: string },
  revision: string,
): Promise<Renders | undefined> {
  const { repository, directory, choice, name } = request
  const source = await repository.sourceAt(revision, directory).catch(() => undefined)
  if (source === undefined) return undefined
  return onlyOf(onlyIn(await renderEverywhere(request, source), choice.environment), name)
}

async function targetAt(
  request: RollbackRequest,
  { to, before }: { to: string; before: Renders },
): Promise<Target> {
  const { repository, directory, name } = request
  await refuseElsewhere(request, to)
  const paths = await rollbackScope({ repository, directory, to, name })
  const plan = await repository.revertPlan({ to, paths })
  const restored = await repository.sourceAfterRestore({ to, paths, directory })
  const after = await renderEverywhere(request, restored)
  const verdict = await verdictOn(request, { plan, before, after })
  return { environment: request.choice.environment, plan, paths, before, after, verdict }
}

/** Where the project was not in its folder yet, all of it would go. */
async function refuseElsewhere(
  { repository, directory }: RollbackRequest,
  to: string,
): Promise<void> {
  const there = await repository.sourceAt(to, directory)
  if ((await there.read(PROJECT_FILE)) !== undefined) return
  throw failure(
    'nothing-to-roll-back',
    `there is no ${PROJECT_FILE} at ${to} in this folder: to go back would delete the project`,
    {
      cause: 'Its folder was moved since, or it was made later.',
      remedy:
        'Name a later revision. To take back one commit alone, the move among them: slipway rollback --commit COMMIT.',
    },
  )
}

async function verdictOn(
  request: RollbackRequest,
  { plan, before, after }: Pick<Target, 'plan' | 'before' | 'after'>,
): Promise<OneVerdict> {
  const { name, choice } = request
  if (name === undefined) {
    const asked = [onlyIn(before, choice.environment), onlyIn(after, choice.environment)] as const
    return plan.files.length > 0 && effectsOf(...asked).length > 0 ? 'whole' : 'same'
  }
  const own = (renders: Renders) => onlyOf(onlyIn(renders, choice.environment), name)
  const past = (await rendersAt({ ...request, name }, plan.to.hash)) ?? new Map()
  return judgeOne({ now: own(before), past, restored: own(after) })
}

async function goodRevisions(request: RollbackRequest) {
  const set = await newestSet(request)
  const { hash } = await request.repository.head()
  const revisions = await request.readRecord(set)
  return { environment: set.environment.name, commits: goodCommits(revisions, hash) }
}

/** How far back a commit is looked for whose settings can be read. */
const MOST_COMMITS = 50

/** The environment, to know where the record is: of the newest commit that loads, because a broken project is what a rollback is for. */
async function newestSet({ repository, directory, choice }: RollbackRequest): Promise<EndpointSet> {
  const commits = await repository.history({ limit: MOST_COMMITS })
  let problems: Problem[] = []
  for (const { hash } of commits) {
    // oxlint-disable-next-line no-await-in-loop
    const source = await repository.sourceAt(hash)
    // oxlint-disable-next-line no-await-in-loop
    const loaded = await readSpecs({ directory, choice, source })
    if (loaded.value !== undefined) return loaded.value
    if (problems.length === 0) ({ problems } = loaded)
  }
  throw new SlipwayError(problems)
}
