import { refuseAbsent } from '../project/index.ts'
import type { WrittenFolder } from '../render/index.ts'
import { loadWithProvenance, projectFolder } from './project.ts'
import type { ProjectArgs } from './project.ts'
import { commandWords } from './next-command.ts'
import type { Terminal } from './terminal.ts'

/** Writes the whole project into a folder, as files. */
export async function renderFolder(
  args: ProjectArgs,
  folder: string,
  terminal: Terminal,
): Promise<WrittenFolder> {
  const { project } = await wholeProject(args, terminal)
  const { writeFolder } = await import('../render/index.ts')
  return writeFolder(folder, project.objects)
}

/** The same files as an artifact, an OCI image layout with the environment's name as its tag; resolves to the digest and the tag. */
export async function renderArtifact(
  args: ProjectArgs,
  folder: string,
  terminal: Terminal,
): Promise<{ digest: string; tag: string }> {
  const { project, provenance } = await wholeProject(args, terminal)
  const { commit, dirty: isDirty, repository } = provenance.info
  const [{ folderFiles }, { artifactLayout, writeLayout }] = await Promise.all([
    import('../render/index.ts'),
    import('../handoff/index.ts'),
  ])
  const tag = project.set.environment.name
  const { digest, files } = artifactLayout(folderFiles(project.objects), {
    tag,
    url: repository === undefined ? undefined : `https://${repository}.git`,
    revision: commit === undefined || isDirty ? undefined : `sha1:${commit}`,
  })
  await writeLayout(folder, files)
  return { digest, tag }
}

/** What is not checked out would be taken for deleted. */
async function wholeProject(args: ProjectArgs, terminal: Terminal) {
  const directory = await projectFolder(args)
  const loaded = await loadWithProvenance(args, { directory }, terminal)
  refuseAbsent(loaded.provenance)
  return loaded
}

/** What tells of an artifact that was written, and of who pushes it: they know every registry's way of signing in. */
export function artifactWritten(
  { digest, tag }: { digest: string; tag: string },
  folder: string,
  reference: string,
): string {
  const layout = commandWords([`${folder}:${tag}`])
  return [
    `artifact ${digest} written to ${folder}`,
    `next: ${commandWords(['crane', 'push', folder, reference])}`,
    `or:   oras copy --from-oci-layout ${layout} ${commandWords([reference])}`,
    '',
  ].join('\n')
}
