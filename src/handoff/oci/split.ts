import type { Fleet, HandoffFile } from '../fleet.ts'
import { artifactLayout, type LayoutFile } from './artifact.ts'

export interface Split {
  /** For the repository, or for the cluster by hand. */
  files: HandoffFile[]
  /** Absent where the engine reads manifests from git. */
  artifact?: { digest: string; files: LayoutFile[] }
}

/** A hand-over by a registry: the manifests are an artifact, and what tells the engine of it are files as ever. */
export function splitArtifact(
  files: readonly HandoffFile[],
  { source: { oci, url } }: Pick<Fleet, 'source'>,
  revision: string | undefined,
): Split {
  if (oci === undefined) return { files: [...files] }
  const isManifest = ({ path }: HandoffFile) => path.startsWith('manifests/')
  const artifact = artifactLayout(files.filter(isManifest), { tag: oci.tag, url, revision })
  return { files: files.filter(file => !isManifest(file)), artifact }
}
