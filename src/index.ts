/**
 * slipway as a library: the steps of the command line, each a function.
 *
 *     const directory = await findProject('.')
 *     const choice = { environment: 'production' }
 *     const { project, provenance } = await loadWithProvenance({ directory, choice, actor: 'ada@laptop' })
 *     const cluster = await connect({ context: 'prod' })
 *     const replan = () => planSet({ ...project, provenance, cluster })
 *     const plan = await replan()
 *     const outcome = await applyPlan({ plan, replan, cluster, onEvent, signal })
 *
 * A deletion is the same with `remove` in the plan's request. planSet asks every guard itself, those for the commit and the repository
 * that the files come from included; what it refuses is in `plan.problems`, and applyPlan throws it. Then:
 *
 *     const status = await readStatus({ cluster, project, git: provenance.info })
 *     const { revisions } = await readHistory({ project, inCluster: inClusters() })
 *     const compared = await compareRevisions({ directory, choice, against: 'main' })
 *     const repository = await openRepository(directory)
 *     const readRecord = async set => readRevisions(cluster, set)
 *     const rollback = await planRollback({ repository, directory, choice, readRecord })
 *     await makeProposal({ proposal: rollbackProposal(rollback), repository, pr: true, onEvent })
 *
 * Below them, without git: openFolder, loadSet and renderSet. What is wrong with specs, objects and plans is in `problems`; SlipwayError
 * and ClusterError are thrown only where going on is pointless.
 */
export { describeChosen, findProject, jsonSchema, loadSet, openFolder } from './spec/index.ts'
export type { Endpoint, EndpointDocument, EndpointSet, Environment, Source } from './spec/index.ts'
export { explain, renderSet, toJson, toYaml } from './render/index.ts'
export type { RenderedObject, RenderedSet } from './render/index.ts'
export { openRepository } from './git/index.ts'
export type { Commit, Difference, Repository } from './git/index.ts'
export {
  actorOf,
  loadProject,
  loadWithProvenance,
  renderEnvironments,
  validateProject,
} from './project/index.ts'
export type {
  Project,
  ProjectChoice,
  Provenance,
  RevisionInfo,
  Validation,
} from './project/index.ts'
export { ClusterError, connect, inClusters } from './cluster/index.ts'
export type { Cluster, ConnectOptions, InCluster } from './cluster/index.ts'
export {
  actionsOf,
  compareRenders,
  hasDifferences,
  planSet,
  readRevisions,
  rolesFor,
} from './plan/index.ts'
export type { Action, FieldChange, ObjectChange, Plan, PlanRequest } from './plan/index.ts'
export { readFleet, readStatus } from './overview/index.ts'
export type { ShownEndpoint, StatusQuestion, StatusReport } from './overview/index.ts'
export {
  compareRevisions,
  loadLastGood,
  joinCommits,
  planRevert,
  planRollback,
  readHistory,
} from './revisions/index.ts'
export type {
  ComparedRevisions,
  History,
  HistoryRequest,
  Rollback,
  RollbackRequest,
} from './revisions/index.ts'
export { canaryGate, passGate, planCanary } from './revisions/index.ts'
export type { CanaryStep } from './revisions/index.ts'
export { planPromotion } from './promotion/index.ts'
export type { Promotion, PromotionRequest } from './promotion/index.ts'
export { makeProposal, promotionProposal, rollbackProposal } from './proposal/index.ts'
export type { Proposal, ProposalEvent } from './proposal/index.ts'
export { importAll, importOne, importRuntimes, writeNewProject } from './authoring/index.ts'
export type { ImportAllRequest, ImportOneRequest } from './authoring/index.ts'
export { handOver, writeArtifact } from './handoff/index.ts'
export type { HandedOver, HandoffRequest } from './handoff/index.ts'
export { tryEnvironments, tryObjects } from './trial/index.ts'
export { examine, examineProjectOnGithub, gatherBundles, gatherInTrouble } from './doctor/index.ts'
export { applyPlan, canSmoke, smokeSet, smokeTest } from './apply/index.ts'
export type {
  ApplyEvent,
  ApplyInput,
  ApplyOptions,
  ApplyOutcome,
  SmokeReport,
} from './apply/index.ts'
export type { Revision } from './plan/index.ts'
export { applyLastGood, deliver, projectDelivery } from './delivery/index.ts'
export type { Delivered, Delivery, OutcomeReport, ProjectDelivery } from './delivery/index.ts'
export { endpointStatus } from './status/index.ts'
export type { Diagnosis, EndpointStatus, Verdict } from './status/index.ts'
export { hasErrors, SlipwayError } from './problem/index.ts'
export type { Place, Problem, ProblemCode } from './problem/index.ts'
export type { KubeObject, ObjectRef } from './object/index.ts'
