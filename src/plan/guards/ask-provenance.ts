import type { Repository } from '../../git/index.ts'
import type { Found, Problem } from '../../problem/index.ts'
import { checkFiles } from '../../project/index.ts'
import type { Action } from '../action.ts'
import { lastOf, type Revision } from '../revisions.ts'
import type { Origin, Scope } from '../scope.ts'
import { checkSignature } from './signature.ts'
import { checkOrder, checkRepository } from './provenance.ts'

export interface ProvenanceQuestion extends Origin {
  scope: Scope
  /** What was applied, newest first. */
  revisions: readonly Revision[]
  actions: readonly Action[]
}

/**
 * What is wrong with where the files come from. What is deleted is asked for by name or as a whole, whatever commit the files
 * are of: there only whose objects they are is asked.
 */
export async function provenanceProblems(question: ProvenanceQuestion): Promise<Found<Problem>> {
  const { provenance, scope } = question
  if (scope.options.removalsIntended) return repositoryProblem(question)
  return [
    checkFiles(provenance.info.commit, provenance.differences),
    await orderProblem(question),
    await signatureProblem(question),
    repositoryProblem(question),
  ]
}

/** Asked only where the environment wants it. A preview tells of it, and refuses nothing. */
async function signatureProblem(question: ProvenanceQuestion): Promise<Found<Problem>> {
  const { scope, provenance, isPreview } = question
  const { name: environment, policies } = scope.set.environment
  if (policies.signedCommits === 'off') return undefined
  const { commit, dirty: isDirty } = provenance.info
  const signature =
    commit === undefined ? undefined : await provenance.repository?.signature(commit)
  const level = isPreview ? 'warn' : policies.signedCommits
  return checkSignature({ environment, level, commit, isDirty, signature })
}

/** A preview refuses nothing for it, and tells of files without a commit. */
async function orderProblem(question: ProvenanceQuestion): Promise<Found<Problem>> {
  const { provenance, isPreview, scope } = question
  const { options } = scope
  const isCommitted = provenance.info.commit !== undefined
  const isAllowed = isCommitted ? options.allowOlder || isPreview : options.allowNoCommit
  const problem = isAllowed ? undefined : await orderOf(question)
  return problem && isPreview ? { ...problem, severity: 'warning' } : problem
}

async function orderOf(question: ProvenanceQuestion): Promise<Problem | undefined> {
  const { scope, provenance, revisions } = question
  const { info, repository } = provenance
  const { lastCommitted: last } = lastOf(revisions)
  const { commit: ours } = info
  const isAsked = ours !== undefined && last?.commit !== undefined && ours !== last.commit
  return checkOrder({
    environment: scope.set.environment.name,
    now: scope.cluster.serverTime().getTime(),
    ours,
    last,
    isOlder: isAsked
      ? await isOlderCommit(repository, { ours, last: last.commit ?? '' })
      : undefined,
    isWhole: repository?.isShallow === false,
    gone: endpointsPruned(question),
    wasApplied: revisions.some(({ commit }) => commit === ours),
  })
}

/** A whole clone that lacks the commit fetches it: the pipeline may have been cloned before it was made. */
async function isOlderCommit(
  repository: Repository | undefined,
  { ours, last }: { ours: string; last: string },
): Promise<boolean | undefined> {
  if (repository === undefined) return undefined
  const isOlder = await repository.isAncestor(ours, last)
  if (isOlder !== undefined || repository.isShallow) return isOlder
  return (await repository.fetchCommit(last)) ? repository.isAncestor(ours, last) : undefined
}

function endpointsPruned({ actions }: ProvenanceQuestion): string[] {
  const prunes = actions.filter(({ type }) => type === 'prune')
  return [...new Set(prunes.map(({ endpoint }) => endpoint))]
}

function repositoryProblem(question: ProvenanceQuestion): Found<Problem> {
  const { scope, provenance, revisions } = question
  const { set, options } = scope
  if (options.repositoryMoved) return undefined
  return checkRepository({
    environment: set.environment.name,
    last: lastOf(revisions).lastRepository,
    ours: provenance.info.repository,
    gone: endpointsPruned(question),
  })
}
