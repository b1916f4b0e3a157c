import type { Proven } from '../../project/index.ts'
import { folderFiles, nothingRendered } from '../../render/index.ts'
import { artifactLayout } from './artifact.ts'
import { writeLayout } from './layout.ts'

/**
 * Writes the files of a whole project into a folder as an artifact, an OCI image layout, with the environment's name as its tag and the
 * commit where the files are as in it; resolves to the digest and the tag. Throws `guard` where nothing was rendered.
 */
export async function writeArtifact(
  folder: string,
  { project, provenance }: Proven,
): Promise<{ digest: string; tag: string }> {
  if (project.objects.length === 0)
    throw nothingRendered('an engine that takes this artifact would delete everything')
  const { commit, dirty: isDirty, repository } = provenance.info
  const tag = project.set.environment.name
  const { digest, files } = artifactLayout(folderFiles(project.objects), {
    tag,
    url: repository === undefined ? undefined : `https://${repository}.git`,
    revision: commit === undefined || isDirty ? undefined : `sha1:${commit}`,
  })
  await writeLayout(folder, files)
  return { digest, tag }
}
