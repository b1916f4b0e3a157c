/**
 * slipway as a library: the steps of the command line, each a function.
 *
 *     const source = openFolder(await findProject('.'))
 *     const { value: set, problems } = await loadSet({ source, environment: 'production' })
 *     const { objects } = renderSet(set)
 *     const cluster = await connect({ context: 'prod' })
 *     const replan = () => planSet({ set, objects, cluster })
 *     const plan = await replan()
 *     const outcome = await applyPlan({ plan, replan, cluster, revision, onEvent, signal })
 *
 * What is wrong with specs, objects and plans is in `problems`; SlipwayError and ClusterError are thrown only where
 * going on is pointless.
 */
export { findProject, jsonSchema, loadSet, openFolder } from './spec/index.ts'
export type { Endpoint, EndpointDocument, EndpointSet, Environment, Source } from './spec/index.ts'
export { explain, renderSet, toJson, toYaml } from './render/index.ts'
export type { RenderedObject, RenderedSet } from './render/index.ts'
export { ClusterError, connect } from './cluster/index.ts'
export type { Cluster, ConnectOptions } from './cluster/index.ts'
export { compareRenders, planSet, readRevisions } from './plan/index.ts'
export type { Action, FieldChange, ObjectChange, Plan, PlanRequest } from './plan/index.ts'
export { applyPlan } from './apply/index.ts'
export type { ApplyEvent, ApplyInput, ApplyOptions, ApplyOutcome } from './apply/index.ts'
export type { Revision } from './plan/index.ts'
export type { RevisionInfo } from './project/index.ts'
export { endpointStatus } from './status/index.ts'
export type { Diagnosis, EndpointStatus, Verdict } from './status/index.ts'
export { hasErrors, SlipwayError } from './problem/index.ts'
export type { Place, Problem, ProblemCode } from './problem/index.ts'
export type { KubeObject, ObjectRef } from './object/index.ts'
