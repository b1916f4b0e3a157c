import { readyPods } from '../apply/index.ts'
import type { Cluster } from '../cluster/index.ts'
import type { Repository } from '../git/index.ts'
import { readStatus, type ShownEndpoint } from '../overview/index.ts'
import { appliedTo, compareRenders, readRevisions, type Revision } from '../plan/index.ts'
import { SlipwayError } from '../problem/index.ts'
import { loadProject, type Project } from '../project/index.ts'
import type { Endpoint, EndpointSet, Source } from '../spec/index.ts'
import { courseOf, goodRun } from './course.ts'
import type { Course, SourceFacts } from './facts.ts'
import { runningImage } from './image.ts'

export interface Gathering {
  cluster: Cluster
  repository: Repository
  /** Of the project. */
  directory: string
  /** Of the environment that is promoted from. */
  set: EndpointSet
  names: readonly string[]
}

export interface Gathered {
  facts: SourceFacts
  /** As it was applied, with the files of that commit; absent where the record names none that can be read. */
  applied?: { endpoint: Endpoint; source: Source }
}

/** What the record, the cluster and the files of the commits that were applied say of some endpoints. */
export async function gatherFacts(gathering: Gathering): Promise<Gathered[]> {
  const { cluster, set, names } = gathering
  const revisions = await readRevisions(cluster, set)
  const at = projectsAt(gathering)
  const gathered: Gathered[] = []
  for (const name of names) {
    // oxlint-disable-next-line no-await-in-loop
    gathered.push(await gatherOne(gathering, { name, revisions, at }))
  }
  return gathered
}

interface One {
  name: string
  /** Newest first. */
  revisions: readonly Revision[]
  at: ProjectAt
}

async function gatherOne(gathering: Gathering, { name, revisions, at }: One): Promise<Gathered> {
  const source = gathering.set.environment.name
  const applied = appliedTo(name, revisions)
  const none = { endpoint: name, source, applied, image: { state: 'unknown' as const } }
  const run = goodRun(name, revisions)
  const commit = run[0]?.commit
  if (commit === undefined) return { facts: none }
  const then = await at(commit)
  const endpoint = then.project.set.endpoints.find(each => each.name === name)
  if (endpoint === undefined) return { facts: none }
  const course = await courseIn(name, run, at)
  const pods = await readyPods(gathering.cluster, endpoint)
  const status = (await then.statuses()).find(each => each.endpoint === name)
  const image = runningImage(endpoint.spec.image, pods)
  return {
    facts: { endpoint: name, source, applied, status, course, image },
    applied: { endpoint, source: then.source },
  }
}

interface AtCommit {
  project: Project
  source: Source
  /** Held against this commit. */
  statuses: () => Promise<readonly ShownEndpoint[]>
}

type ProjectAt = (commit: string) => Promise<AtCommit>

/** Each commit is loaded once. Throws SlipwayError where one is not to be had, or cannot be rendered any more. */
function projectsAt({ cluster, repository, directory, set }: Gathering): ProjectAt {
  const known = new Map<string, Promise<AtCommit>>()
  const load = async (commit: string): Promise<AtCommit> => {
    const source = await sourceAt(repository, commit, directory)
    const choice = { environment: set.environment.name }
    const { project } = await loadProject({ directory, choice, source })
    const git = { commit, dirty: false, actor: '' }
    let asked: Promise<readonly ShownEndpoint[]> | undefined
    const ask = async () => (await readStatus({ cluster, project, git })).endpoints
    return { project, source, statuses: () => (asked ??= ask()) }
  }
  return commit => {
    const loaded = known.get(commit) ?? load(commit)
    known.set(commit, loaded)
    return loaded
  }
}

/** A pipeline's clone may be older than what was applied. */
async function sourceAt(
  repository: Repository,
  commit: string,
  directory: string,
): Promise<Source> {
  try {
    return await repository.sourceAt(commit, directory)
  } catch (error) {
    if (!(error instanceof SlipwayError) || !(await repository.fetchCommit(commit))) throw error
    return repository.sourceAt(commit, directory)
  }
}

/** As far back as the endpoint was rendered as it is now. A commit that cannot be read is where it ends. */
async function courseIn(
  name: string,
  run: readonly Revision[],
  at: ProjectAt,
): Promise<Course | undefined> {
  const objectsAt = async ({ commit = '' }: Revision) => {
    const { project } = await at(commit)
    return project.objects.filter(({ endpoint }) => endpoint.name === name)
  }
  const [newest] = run
  if (newest === undefined) return undefined
  const now = await objectsAt(newest)
  const same: Revision[] = []
  for (const revision of run.slice(0, MOST_APPLIES)) {
    // oxlint-disable-next-line no-await-in-loop
    const then = await objectsAt(revision).catch(ifUnreadable)
    if (then === undefined || compareRenders(then, now).length > 0) break
    same.push(revision)
  }
  return courseOf(same)
}

/** How far back it is looked; beyond that the soak is only longer. */
const MOST_APPLIES = 50

function ifUnreadable(error: unknown): undefined {
  if (!(error instanceof SlipwayError)) throw error
}
