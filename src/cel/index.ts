export { compilePolicy } from './policy.ts'
export type { CelPolicy, Named, PolicySource, Verdict, Written } from './policy.ts'
export { namesResource, resourceOf, unknownLabels } from './matching.ts'
export type { Matching, ResourceRule } from './matching.ts'
