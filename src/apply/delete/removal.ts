import type { KubeObject, ObjectRef } from '../../object/index.ts'

/** A deletion that is under way. */
export interface Removal {
  ref: ObjectRef
  endpoint: string
  /** As it was when its deletion began. */
  live: KubeObject
  /** Another one of its name is created afterwards. */
  isReplaced: boolean
}
