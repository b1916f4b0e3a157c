import type { KubeObject } from '../../object/index.ts'
import type { Place } from '../../problem/index.ts'

/** An object that a project writes as it is, beside what is rendered from its endpoints. */
export interface OwnObject {
  object: KubeObject
  /** Of a field such as `spec.data[0]`; of its nearest ancestor that is there. */
  placeOf: (path: string) => Place
}

/** `endpoints/chat.objects/prompts.yaml` → `chat` */
export function endpointOfFile(path: string): string | undefined {
  return /(?:^|\/)([^/]+)\.objects\//.exec(path)?.[1]
}

/** Which environments an object is for: names, separated by commas. It is not part of what is applied. */
export const ENVIRONMENTS_ANNOTATION = 'slipway.dev/environments'
