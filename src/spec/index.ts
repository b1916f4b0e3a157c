export { ADAPTERS_PATH } from './catalogue/adapters.ts'
export { BUILT_IN, SERVING_TARGETS } from './built-in.ts'
export { completeEndpoint } from './complete-endpoint.ts'
export type { CompleteOptions } from './complete-endpoint.ts'
export { QUEUE_METRICS, queueQuery } from './queue.ts'
export type { QueuePreset } from './queue.ts'
export { chooseEnvironments, knownEnvironments } from './choose-environments.ts'
export type { ChosenEnvironments } from './choose-environments.ts'
export { projectNames } from './catalogue/names.ts'
export type { ProjectNames } from './catalogue/names.ts'
export { imageOfUri } from './catalogue/image-uri.ts'
export { POD_FIELDS } from './fields/pod-fields.ts'
export { pathText, valueText } from './fields/words.ts'
export { asksGpus } from './gpus.ts'
export { findProject } from './find-project.ts'
export { openFolder, repositoryAbove } from './folder.ts'
export { jsonSchema } from './json-schema.ts'
export type { DocumentKind } from './json-schema.ts'
export { loadServingRuntimes } from './load-serving-runtimes.ts'
export { loadSet } from './load-set.ts'
export type { Loaded, LoadOptions } from './load-set.ts'
export { describeEnvironments, listEnvironments } from './project.ts'
export type { DescribedEnvironment } from './project.ts'
export { leavesOf } from './rules/overridden.ts'
export { namedSettings } from './layers/named.ts'
export { PROJECT_FILE } from './project.ts'
export { setOverlay } from './edit/set-overlay.ts'
export type { OverlayField } from './edit/overlay-entry.ts'
export { endpointFiles, projectPaths } from './project-paths.ts'
export type {
  Candidate,
  CelRule,
  Endpoint,
  EndpointSet,
  Environment,
  NodePool,
  Layer,
  Origin,
  Policies,
  Tolerance,
} from './set.ts'
export type { EffectiveRoute, EffectiveSpec } from './set.ts'
export type { Seen, Source } from './source.ts'
export { openTree } from './tree/open-tree.ts'
export { unitNames, unitsOf } from './objects/units.ts'
export type { OwnObject } from './objects/own-object.ts'
export { isSpecFile } from './tree/spec-file.ts'
export type { Recorded } from './tree/disk-tree.ts'
export type { Entry, Tree } from './tree/tree.ts'
export { candidateFields } from './layers/candidate.ts'
export { KEYED_LISTS } from './layers/lists.ts'
export { isAlternative } from './layers/merge.ts'
export { CANDIDATE_FIELDS, TRIAL_FIELDS } from './schema/canary.ts'
export type { EndpointDocument, SpecInput, SpecLayer } from './schema/endpoint.ts'
export { workloadName } from './slots.ts'
export { VOLUME_KINDS } from './volume-kinds.ts'
export { readYaml } from './yaml/file.ts'
export type { YamlEntry, YamlNode } from './yaml/node.ts'
export { withFile } from './with-file.ts'
