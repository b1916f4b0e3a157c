import { defined } from '../../object/index.ts'
import type { ReadProject } from '../project.ts'
import type { OverlayEntry } from '../schema/project.ts'
import type { Path } from '../yaml/node.ts'
import type { ChosenEnvironment } from '../environment.ts'
import type { LayerSource } from './layer.ts'

/** Which endpoints an entry of an environment's overlay is for. */
export interface Overlay {
  match: { name?: string[]; serves?: string[]; labels?: Record<string, string> }
  source: LayerSource
  path: Path
}

export interface Matched {
  name: string
  serves: string
  labels: Record<string, string>
}

/** Strongest first: later entries of the list win. */
export function readOverlays(
  project: ReadProject,
  { environment, spec }: ChosenEnvironment,
): Overlay[] {
  const entries = (spec.overlay ?? []).map((entry, index) =>
    readOverlay(project, entry, ['spec', 'environments', environment.name, 'overlay', index]),
  )
  return entries.toReversed()
}

function readOverlay(project: ReadProject, entry: OverlayEntry, path: Path): Overlay {
  const { match, ...fields } = entry
  const { name, serves, labels } = match ?? {}
  return {
    match: defined({
      name: name ? [name].flat() : undefined,
      serves: serves ? [serves].flat() : undefined,
      labels,
    }),
    source: {
      layer: 'overlay',
      fields,
      placeOf: field => project.placeOf([...path, ...field]),
      isBuiltIn: false,
      hasNulls: project.hasNulls,
    },
    path,
  }
}

/** All that is given must fit. */
export function isMatch({ match }: Overlay, endpoint: Matched): boolean {
  const { name, serves, labels } = match
  if (name !== undefined && !name.includes(endpoint.name)) return false
  if (serves !== undefined && !serves.includes(endpoint.serves)) return false
  return Object.entries(labels ?? {}).every(([key, value]) => endpoint.labels[key] === value)
}
