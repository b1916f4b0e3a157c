import { compareRenders } from '../plan/index.ts'
import { renderProject } from '../project/index.ts'
import type { ProjectChoice } from '../project/index.ts'
import type { Repository } from '../git/index.ts'
import type { Source } from '../spec/index.ts'
import type { Effect } from './rollback.ts'

interface EffectQuestion {
  repository: Repository
  directory: string
  choice: ProjectChoice
  /** The files as they will be. */
  source: Source
}

/**
 * What changes in the objects from HEAD to other files; undefined where one of the two cannot be rendered: a broken project is
 * what a rollback is for.
 */
export async function effectOf(question: EffectQuestion): Promise<Effect | undefined> {
  const { repository, directory, choice, source } = question
  const head = await repository.sourceAt('HEAD', directory)
  const before = await renderProject({ directory, choice, source: head })
  const after = await renderProject({ directory, choice, source })
  if (before.set === undefined || after.set === undefined) return undefined
  return { differences: compareRenders(before.objects, after.objects), after: after.objects }
}
