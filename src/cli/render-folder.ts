import type { WrittenFolder } from '../render/index.ts'
import { SlipwayError } from '../problem/index.ts'
import type { Source } from '../spec/index.ts'
import { checkFiles, compareWithCommit, findProvenance, openProject } from '../project/index.ts'
import { actorOf } from './actor.ts'
import { loadProject, projectFolder } from './project.ts'
import type { ProjectArgs } from './project.ts'
import type { Terminal } from './terminal.ts'

/** Writes the whole project into a folder. */
export async function renderFolder(
  args: ProjectArgs,
  folder: string,
  terminal: Terminal,
): Promise<WrittenFolder> {
  const directory = await projectFolder(args)
  const source = await openProject(directory)
  const { objects } = await loadProject(args, terminal, source)
  await refuseUnread(directory, source, terminal)
  const { writeFolder } = await import('../render/index.ts')
  return writeFolder(folder, objects)
}

/** Who applies the folder takes what is not in it for deleted: an endpoint that this clone does not check out is not. */
async function refuseUnread(directory: string, { seen }: Source, { env }: Terminal): Promise<void> {
  const found = await findProvenance(directory, { actor: actorOf(env) })
  const { info, differences } = await compareWithCommit(found, seen?.())
  const problems = checkFiles(
    info.commit,
    differences.filter(({ state }) => state === 'absent'),
  )
  if (problems.length === 0) return
  const remedy =
    'Check them out: "git sparse-checkout disable", or "git update-index --no-skip-worktree FILE" and "git checkout FILE".'
  throw new SlipwayError(problems.map(problem => ({ ...problem, remedy })))
}
