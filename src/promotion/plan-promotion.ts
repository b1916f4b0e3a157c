import { createHash } from 'node:crypto'
import { canSmoke } from '../apply/index.ts'
import type { Cluster } from '../cluster/index.ts'
import type { Commit, Repository } from '../git/index.ts'
import { failure, SlipwayError, type Problem } from '../problem/index.ts'
import { checkNames, loadSpecs } from '../project/index.ts'
import { effectsOf, renderEverywhere, type Effect } from '../revisions/index.ts'
import {
  namedSettings,
  PROJECT_FILE,
  withFile,
  type Endpoint,
  type EndpointSet,
  type Source,
} from '../spec/index.ts'
import type { Evidence } from './facts.ts'
import { gatherFacts, type Gathered } from './gather.ts'
import { judgeSource } from './judge.ts'
import { messageOf, type Promoted } from './message.ts'
import { versionOf } from './version.ts'
import { writeVersion, type Target } from './write.ts'

export interface PromotionRequest {
  repository: Repository
  /** Of the project. */
  directory: string
  /** Environments. */
  from: string
  to: string
  /** Endpoints; all that can be where there are none. */
  names: readonly string[]
  minSoakSeconds: number
  /** The cluster of the environment that is promoted from. */
  withSource: <Result>(
    set: EndpointSet,
    work: (cluster: Cluster) => Promise<Result>,
  ) => Promise<Result>
}

/** A promotion, decided and not yet made. */
export interface Promotion {
  from: string
  to: string
  /** Empty where the target has it all already. */
  endpoints: readonly Promoted[]
  /** Of the commit, with the evidence. */
  message: string
  /** For a pull request; another one where it says something else. */
  branch: string
  /** Every environment that changes. */
  effects: readonly Effect[]
  /** Of endpoints that were not asked for by name: why they stay. */
  warnings: readonly Problem[]
  make: () => Promise<Commit>
}

/**
 * What gives one environment the versions that another runs. Throws SlipwayError `not-promoted` where one that is asked for by name is
 * not good for it, with every reason; of all endpoints those that are not stay as they are.
 */
export async function planPromotion(request: PromotionRequest): Promise<Promotion> {
  const { repository, directory, from, to } = request
  if (from === to) throw failure('usage', `--from and --to are both ${from}`)
  const source = await repository.sourceAt('HEAD', directory)
  const { names, sets } = await readEnds(request, source)
  const { judged, warnings } = await judgeAll(request, { names, set: sets.from })
  const target = { directory, choice: { environment: to }, source }
  const before = new TextDecoder().decode(await source.read(PROJECT_FILE))
  const written = await writeAll(target, {
    text: before,
    judged,
    from,
    isNamed: request.names.length > 0,
  })
  const message = messageOf(written.promoted, from, to)
  return {
    from,
    to,
    endpoints: written.promoted,
    message,
    branch: branchFor(written.promoted, to),
    effects: await effectsIn(request, source, written.text),
    warnings: [...warnings, ...written.unwritten.map(asWarning)],
    make: async () => repository.edit({ path: PROJECT_FILE, text: written.text, message }),
  }
}

/** Both environments as the files now have them, and the endpoints that are meant. */
async function readEnds({ directory, from, to, names }: PromotionRequest, source: Source) {
  const load = async (environment: string) =>
    (await loadSpecs({ directory, choice: { environment }, source })).project.set
  const sets = { from: await load(from), to: await load(to) }
  const known = sets.to.endpoints.filter(canSmoke).map(({ name }) => name)
  checkNames(names, known)
  return { sets, names: names.length === 0 ? known : [...new Set(names)] }
}

interface Judged {
  evidence: Evidence
  applied: NonNullable<Gathered['applied']>
}

async function judgeAll(
  request: PromotionRequest,
  { names, set }: { names: readonly string[]; set: EndpointSet },
): Promise<{ judged: Judged[]; warnings: Problem[] }> {
  const { withSource, minSoakSeconds, repository, directory } = request
  const { gathered, now } = await withSource(set, async cluster => ({
    gathered: await gatherFacts({ cluster, repository, directory, set, names }),
    now: cluster.serverTime().getTime(),
  }))
  const judged: Judged[] = []
  const refused: Problem[] = []
  for (const { facts, applied } of gathered) {
    const verdict = judgeSource(facts, { minSoakSeconds, now })
    if ('refusals' in verdict) refused.push(...verdict.refusals)
    else if (applied !== undefined) judged.push({ evidence: verdict.evidence, applied })
  }
  if (request.names.length > 0 && refused.length > 0) throw new SlipwayError(refused)
  return { judged, warnings: refused.map(asWarning) }
}

function asWarning(problem: Problem): Problem {
  return { ...problem, severity: 'warning' }
}

interface All {
  /** Of slipway.yaml now. */
  text: string
  judged: readonly Judged[]
  from: string
  /** Endpoints are asked for by name. */
  isNamed: boolean
}

/** One endpoint after the other into the same text. Of all endpoints, one that cannot be written stays as it is. */
async function writeAll(target: Target, { text: before, judged, from, isNamed }: All) {
  const promoted: Promoted[] = []
  const unwritten: Problem[] = []
  let text = before
  for (const { evidence, applied } of judged) {
    const { endpoint } = evidence
    try {
      // oxlint-disable-next-line no-await-in-loop
      const written = await writeOne(target, { text, from, evidence, applied })
      text = written.text
      if (written.promoted.fields.length > 0) promoted.push(written.promoted)
    } catch (error) {
      if (isNamed || !(error instanceof SlipwayError)) throw error
      unwritten.push(...error.problems.map(problem => ({ ...problem, endpoint })))
    }
  }
  return { text, promoted, unwritten }
}

async function writeOne(
  target: Target,
  { text, from, evidence, applied }: Judged & { text: string; from: string },
): Promise<{ text: string; promoted: Promoted }> {
  const { endpoint, image } = evidence
  const named = await namedSettings(applied.source, { environment: from, endpoint })
  const versionFor = (now: Endpoint) =>
    versionOf({ source: applied.endpoint, image, target: now, named })
  const written = await writeVersion(target, {
    text,
    endpoint,
    fieldsFor: now => versionFor(now).fields,
  })
  const stays = versionFor(written.endpoint).stays
  return { text: written.text, promoted: { evidence, fields: written.fields, stays } }
}

async function effectsIn(
  { repository, directory }: PromotionRequest,
  source: Source,
  text: string,
): Promise<Effect[]> {
  const question = { repository, directory, choice: {} }
  const after = withFile(source, { path: PROJECT_FILE, text })
  return effectsOf(
    await renderEverywhere(question, source),
    await renderEverywhere(question, after),
  )
}

function branchFor(promoted: readonly Promoted[], to: string): string {
  const [first] = promoted
  const what = promoted.length === 1 && first !== undefined ? first.evidence.endpoint : 'all'
  const content = promoted.map(({ evidence, fields }) => [evidence.endpoint, fields])
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 7)
  return `slipway/promote-${what}-to-${to}-${hash}`
}
