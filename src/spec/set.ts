import type { CelPolicy } from '../cel/index.ts'
import type { Place } from '../problem/index.ts'
import type { ServingRuntime } from '../serving-runtime/index.ts'
import type { BUILT_IN } from './built-in.ts'
import type { StorageContainer } from './catalogue/serving-runtimes.ts'
import type { OwnObject } from './objects/own-object.ts'
import type { SpecLayer } from './schema/endpoint.ts'
import type { UnreadFile } from './tree/unread.ts'

/** The layers of settings, strongest first (R7). */
export const LAYERS = [
  'endpoint',
  'overlay',
  'project',
  'serving-target',
  'catalogue',
  'built-in',
] as const
export type Layer = (typeof LAYERS)[number]

/** Where an effective value came from. */
export interface Origin {
  layer: Layer
  /** Absent for built-in values. */
  place?: Place
}

/** A spec in which every field that has a built-in default is present; with `scaling`, `replicas` is absent. */
export type EffectiveSpec = Omit<
  Complete<SpecLayer, typeof BUILT_IN>,
  'ingress' | 'route' | 'probes'
> & {
  /** Of an endpoint with a model format: what it changes of its serving runtime's probes. */
  probes: NonNullable<SpecLayer['probes']>
  ingress?:
    | false
    | (Exclude<SpecLayer['ingress'], false | undefined> & { host: string })
    | undefined
  route?: false | EffectiveRoute | undefined
}

type RouteLayer = Exclude<SpecLayer['route'], false | undefined>

/** A rule sees to both names. */
export type EffectiveRoute = RouteLayer & {
  host: string
  gateway: NonNullable<RouteLayer['gateway']> & { name: string }
}

type Complete<Spec, Defaults> = Omit<Spec, keyof Defaults> & {
  [K in keyof Spec & keyof Defaults]-?: CompleteValue<NonNullable<Spec[K]>, Defaults[K]>
}

type CompleteValue<Value, Default> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? Default extends object
      ? Complete<Value, Default>
      : Value
    : Value

/** One endpoint with all its layers merged: what charts turn into objects. */
export interface Endpoint {
  name: string
  namespace: string
  labels: Record<string, string>
  annotations: Record<string, string>
  spec: EffectiveSpec
  /** What serves its model format, and what brings the model where KServe does not. */
  serving?: Serving
  /** Objects of its own, beside what is rendered from it. */
  objects?: readonly OwnObject[]
  /** What its canary would make of it: the endpoint as it is once that is promoted. */
  candidate?: Candidate
  /** Not the endpoint itself, but one object of its own: places are those of the manifest. */
  isManifest?: true
  /** KServe version of the environment, e.g. 0.16.0: decides the deployment mode's spelling (K9). */
  kserveVersion: string
  /** Kubernetes version of the environment, e.g. 1.36, where it says one. */
  kubernetesVersion?: string
  /** Of the environment, where it says which nodes it has. */
  nodePools?: readonly NodePool[]
  /** Place of the field in the endpoint's file or in the layer it came from; of the document when the path is unknown. Path as `spec.probes.path` or `metadata.name`. */
  placeOf: (path: string) => Place | undefined
  originOf: (path: string) => Origin | undefined
}

export interface Candidate {
  /** Without a canary of its own, under the other of the two names. */
  endpoint: Endpoint
  /** Of each layer with a canary: there may be one. */
  places: readonly (Place | undefined)[]
}

/** Nodes of one kind. */
export interface NodePool {
  name: string
  /** Extended resources of one node: `nvidia.com/gpu: 8`. */
  resources: Readonly<Record<string, number>>
}

export interface Serving {
  runtime: ServingRuntime
  /** KServe's init container for models of this URI, from the catalogue. */
  storageContainer?: StorageContainer
}

export interface Policies {
  unapprovedModel: PolicyLevel
  mutableTag: PolicyLevel
  missingRequests: PolicyLevel
  missingProbes: PolicyLevel
  shortGrace: PolicyLevel
  gpuPlacement: PolicyLevel
  namespaces: Allowance
  hosts: Allowance
  serviceAccounts: Allowance & { roles: readonly string[] }
  registries: Allowance
  podSecurity: { level: PolicyLevel; standard: 'baseline' | 'restricted' }
  snippets: PolicyLevel
  externalIPs: PolicyLevel
  finalizers: PolicyLevel
  /** Of the commit that is applied. */
  signedCommits: PolicyLevel
  plainSecrets: PolicyLevel
  /** Rules of the team's own. */
  cel?: readonly CelRule[]
  /** Rules of the wiring check that only warn, by id. */
  rules: Readonly<Record<string, Tolerance>>
  /** Objects that one apply may prune at most: a number, and a share of the set from 0 to 1. */
  /** `share` is a fraction: 0.5 is half of the set's objects. */
  maxPrune: { count: number; share: number }
}

/** A policy in CEL, as an environment has it. */
export interface CelRule {
  policy: CelPolicy
  level: 'error' | 'warn'
}

/** What is allowed, as patterns; everything else is found. */
export interface Allowance {
  level: PolicyLevel
  allow: readonly string[]
}

/** Why an environment puts up with what a rule finds. */
export interface Tolerance {
  reason: string
  place: Place
}
export type PolicyLevel = 'error' | 'warn' | 'off'

/** Where the project is applied. */
export interface Environment {
  name: string
  /** kubeconfig context; the current one when absent. */
  context?: string
  namespace: string
  createNamespace: boolean
  kserve: { version: string }
  kubernetes?: { version: string }
  nodePools?: readonly NodePool[]
  policies: Policies
  place: Place
}

/** Everything that one render needs: a project in an environment. */
export interface EndpointSet {
  project: string
  environment: Environment
  /** Names of all that the project has. */
  environments: readonly string[]
  endpoints: Endpoint[]
  /** The project's own objects, as an endpoint that renders nothing; absent where there are none. */
  shared?: Endpoint
  /** Files beside those of the set that hold an endpoint or object and are not read, for their names. Reads them. Absent where a set is no project's. */
  unreadFiles?: () => Promise<UnreadFile[]>
}
