import type { Plan } from '../plan/index.ts'
import type { Problem } from '../problem/index.ts'
import { checkFiles } from '../project/index.ts'
import type { Provenance } from '../project/index.ts'

export interface Allowed {
  repositoryMoved: boolean
  allowOlder: boolean
  allowNoCommit: boolean
}

/** The plan, with what is wrong with where its files come from. */
export async function guardProvenance(
  plan: Plan,
  revision: Provenance,
  allowed: Allowed,
): Promise<Plan> {
  const order = await orderOf(plan, revision)
  const isAllowed = revision.info.commit === undefined ? allowed.allowNoCommit : allowed.allowOlder
  const found = [
    ...checkFiles(revision.info.commit, revision.differences),
    ...(order === undefined || isAllowed ? [] : [order]),
    ...(allowed.repositoryMoved ? [] : await repositoryProblems(plan, revision)),
  ]
  return found.length === 0 ? plan : { ...plan, problems: [...plan.problems, ...found] }
}

/** What goes is asked for by name or by --all, whatever commit the files are of; only whose objects they are is asked. */
export async function guardRepository(
  plan: Plan,
  revision: Provenance,
  { repositoryMoved }: Pick<Allowed, 'repositoryMoved'>,
): Promise<Plan> {
  const found = repositoryMoved ? [] : await repositoryProblems(plan, revision)
  return found.length === 0 ? plan : { ...plan, problems: [...plan.problems, ...found] }
}

/** What a look says: that files are without a commit refuses only an apply. */
export async function tellProvenance(
  plan: Plan,
  revision: Provenance,
  { repositoryMoved }: Pick<Allowed, 'repositoryMoved'>,
): Promise<Plan> {
  const allowed = { repositoryMoved, allowOlder: true, allowNoCommit: true }
  const order = revision.info.commit === undefined ? await orderOf(plan, revision) : undefined
  const told = await guardProvenance(plan, revision, allowed)
  if (order === undefined) return told
  return { ...told, problems: [...told.problems, { ...order, severity: 'warning' }] }
}

/** That files of the commit are missing, for commands that only look: what they define is shown as not in git. */
export async function absentFiles({ info, differences }: Provenance): Promise<Problem[]> {
  const problems = checkFiles(
    info.commit,
    differences.filter(({ state }) => state === 'absent'),
  )
  return problems.map(problem => ({ ...problem, severity: 'warning' }))
}

async function orderOf(
  { environment, lastCommitted: last }: Plan,
  { info: { commit: ours }, repository }: Provenance,
): Promise<Problem | undefined> {
  const isKnown = ours !== undefined && last?.commit !== undefined
  const isOlder = isKnown ? await repository?.isAncestor(ours, last.commit ?? '') : undefined
  const { checkOrder } = await import('../plan/index.ts')
  return checkOrder({ environment, ours, last, isOlder })
}

async function repositoryProblems(
  { environment, lastRepository: last, actions }: Plan,
  { info }: Provenance,
): Promise<Problem[]> {
  const { checkRepository } = await import('../plan/index.ts')
  const prunes = actions.filter(({ type }) => type === 'prune')
  const gone = [...new Set(prunes.map(({ endpoint }) => endpoint))]
  const problem = checkRepository({ environment, last, ours: info.repository, gone })
  return problem === undefined ? [] : [problem]
}
