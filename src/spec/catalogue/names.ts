import { SERVING_TARGETS } from '../built-in.ts'
import { readProject } from '../project.ts'
import type { Source } from '../source.ts'
import { readCatalogues } from './read.ts'

/** What a project gives names to. */
export interface ProjectNames {
  /** In the order of slipway.yaml. */
  environments: string[]
  /** Of environments. */
  groups: string[]
  models: string[]
  /** Built in, or of slipway.yaml. */
  servingTargets: string[]
}

/** Of each what can be read: none where slipway.yaml or a catalogue cannot. */
export async function projectNames(source: Source): Promise<ProjectNames> {
  const { value: project } = await readProject(source)
  const { environments = {}, groups = {}, servingTargets = {} } = project?.document.spec ?? {}
  const { value: catalogues } = await readCatalogues(source, project)
  return {
    environments: Object.keys(environments),
    groups: Object.keys(groups),
    models: Object.keys(catalogues.models?.entries ?? {}),
    servingTargets: Object.keys({ ...SERVING_TARGETS, ...servingTargets }),
  }
}
