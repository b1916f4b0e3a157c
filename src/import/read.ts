import { KSERVE } from '../kinds/index.ts'
import { at, defined, text, type JsonMap, type KubeObject } from '../object/index.ts'

/** A duration as the spec writes it. */
export function seconds(value: number): string {
  return `${value}s`
}

/** Without members that are undefined; undefined when nothing is left. */
export function some(fields: JsonMap): JsonMap | undefined {
  const kept = defined(fields)
  return Object.keys(kept).length === 0 ? undefined : kept
}

/** How KServe deploys an InferenceService. Where nobody asked for a mode, KServe's own default counts, which it writes into the status. */
export function modeAsked({ metadata, status }: KubeObject): string | undefined {
  return metadata.annotations?.[KSERVE.deploymentMode] ?? text(at(status, 'deploymentMode'))
}
