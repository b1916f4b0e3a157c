/** What another engine needs to take a project over: pure functions of what is rendered. */
import { argoFiles } from './argo.ts'
import type { Fleet, HandoffFile } from './fleet.ts'
import { fluxFiles } from './flux.ts'

export type {
  Fleet,
  HandedEnvironment,
  HandoffFile,
  ManifestSource,
  OciReference,
} from './fleet.ts'
export { artifactLayout } from './oci/artifact.ts'
export { splitArtifact } from './oci/split.ts'
export { writeLayout } from './oci/layout.ts'

export { writeHandoff } from './write.ts'

export type Engine = 'flux' | 'argo'

export function handoffFiles(engine: Engine, fleet: Fleet): HandoffFile[] {
  return engine === 'flux' ? fluxFiles(fleet) : argoFiles(fleet)
}
