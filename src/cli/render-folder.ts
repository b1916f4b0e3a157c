import { refuseAbsent } from '../project/index.ts'
import type { WrittenFolder } from '../render/index.ts'
import { loadWithProvenance, projectFolder } from './project.ts'
import type { ProjectArgs } from './project.ts'
import type { Terminal } from './terminal.ts'

/** Writes the whole project into a folder. */
export async function renderFolder(
  args: ProjectArgs,
  folder: string,
  terminal: Terminal,
): Promise<WrittenFolder> {
  const directory = await projectFolder(args)
  const { project, provenance } = await loadWithProvenance(args, { directory }, terminal)
  refuseAbsent(provenance)
  const { writeFolder } = await import('../render/index.ts')
  return writeFolder(folder, project.objects)
}
