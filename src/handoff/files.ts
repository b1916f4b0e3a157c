import { argoFiles } from './argo.ts'
import type { Fleet, HandoffFile } from './fleet.ts'
import { fluxFiles } from './flux.ts'

export type Engine = 'flux' | 'argo'

/** What an engine needs to take a project over. */
export function handoffFiles(engine: Engine, fleet: Fleet): HandoffFile[] {
  return engine === 'flux' ? fluxFiles(fleet) : argoFiles(fleet)
}
