import type { JsonMap, KubeObject } from '../object/index.ts'
import type { Wave } from './wave.ts'

/** What tells a Service of Kubernetes from one of Knative; versions of one group are one kind. */
export type Type = Pick<KubeObject, 'apiVersion' | 'kind'>

/** All that is known of one kind, and nowhere else. Absent is the safe answer: it owns something, is awaited, merges its fields. */
export interface Kind extends Type {
  /** As kubectl calls it in short. */
  shortNames?: readonly string[]
  /** When it is applied; deletions go through the waves backwards. */
  wave: Wave
  /** Charts write it for an endpoint, in this version. */
  isRendered?: true
  /** Of its name beside that of the workload: `-svc`. */
  suffix?: string
  /** The one field of an endpoint that it is made from: `spec.ingress`. */
  field?: string
  /** It brings nothing else about: deleting it need not wait for the garbage collector. */
  isLeaf?: (object: KubeObject) => boolean
  /** What it brings about matters only to another one of its name: where none is created, its deletion need not wait for it. */
  isLeafForGood?: true
  /** It is as it should be once the API server has stored it: an apply does not wait for it. */
  isReadyWhenStored?: true
  /** What of its data is secret: all, or what is under a telling name. */
  hides?: 'all' | 'telling'
  /** What is in it goes with it, and git cannot bring it back. */
  holdsData?: true
  /** Maps and lists that are replaced whole in this kind, beside those that are so in every kind. */
  atomic?: readonly string[]
  /** What the API server puts where nothing is said, by name of field at any depth, or by `parent.name`. */
  defaults?: Defaults
  /** The controller that writes into it beside git. */
  controller?: Controller
  /** What to do where the API server does not serve it. */
  whenNotServed?: string
  /** Fields of its spec that come from a store that the whole cluster shares. */
  allocated?: readonly string[]
  /** Without what the API server itself writes into each new object, its UID and name among it: never the same in two. */
  withoutGenerated?: (object: KubeObject) => KubeObject
  /** Where it says what its pods are. */
  pods?: PodsOf
  /** `runtime` of the endpoint that it carries out. */
  runtime?: 'deployment' | 'kserve'
  /** What its controller makes of it. */
  makes?: readonly Type[]
  /** What its controller once made of it and does not take away, as the object is now. */
  leaves?: (object: KubeObject) => readonly Type[]
  /** By what it finds pods. */
  selects?: Selects
  /** Whose number of replicas it decides. */
  scales?: (object: KubeObject) => Scale
  /** How it leads requests from outside the cluster to Services. */
  route?: RouteOf
  /** What others may rely on in it by name, beside pods and routes: `key prompts.txt`. One that goes at its adoption is taken from them. */
  parts?: (object: KubeObject) => string[]
  /** What it needs by name in its namespace, beside what its pods need. */
  references?: (object: KubeObject) => Reference[]
  /** What its controller makes of it for pods to use, in its namespace: the Secret of an ExternalSecret. */
  provides?: (object: KubeObject) => Provided[]
  /** How pods need an object of this kind. */
  needed?: Needed
}

/** The values that it may be, or what they are beside its neighbours. */
export type Defaults = Record<string, readonly unknown[] | ((owner: JsonMap) => readonly unknown[])>

export interface Controller {
  /** Its field managers, as they call themselves in managedFields. */
  managers: RegExp
  /** What to do about a field that it holds; it is never taken from it. */
  advice: string
}

export type Path = readonly string[]

/** Where an object says what its pods are. */
export interface PodsOf {
  spec: Path
  /** Labels and annotations of the pods, beside what `labels` adds. */
  metadata: Path
  /** What its controller puts on the pods besides: under the labels of `metadata`, or over them. */
  labels?: (object: KubeObject) => { under: Labels; over: Labels }
  /** The number of replicas; the least, where the object itself says how it is scaled. */
  replicas: Path
  strategy: Path
  /** Whether a change of this path (`spec.template.spec.containers[…]`) of the object replaces pods that run; without it, none does. */
  isReplacedBy?: (path: string, object: KubeObject) => boolean
  /** An autoscaler may decide the number of its replicas. */
  isScalable?: true
}

export type Labels = Record<string, string>

/** By what an object finds pods. */
export interface Selects {
  path: Path
  /** A map of labels, without matchLabels and matchExpressions. */
  isPlain?: true
  /** What becomes of it when it finds them no more: `loses its pods`. */
  loss: string
}

/** As a reference says it: anything may be missing. */
export interface Target {
  apiVersion?: string | undefined
  kind?: string | undefined
  name?: string | undefined
}

/** Whose replicas, and how many they are at least and at most. */
export interface Scale extends Target {
  min?: number | undefined
  max?: number | undefined
}

export interface RouteOf {
  /** Every host that it claims; '' is all of them. */
  hosts: (object: KubeObject) => string[]
  /** Of each rule. */
  claims: (object: KubeObject) => Claim[]
  backends: (object: KubeObject) => Backend[]
  /** How it shares out the requests that ask for nothing in particular; absent where a kind cannot. */
  shares?: (object: KubeObject) => Share[]
  /** By which headers requests go to a Service and to no other, whatever the shares: `x-tester: yes`. */
  headers?: (object: KubeObject, service: string) => string[]
  /** Where clients reach it: `https://chat.example.com/`; undefined where it is for every host. */
  address: (object: KubeObject) => string | undefined
}

/** A host and path, and among whom nobody else may claim it: a class, a gateway (and its listener). */
export interface Claim {
  among: string
  url: string
}

/** A Service, and the percentage of the requests that it gets, as a whole number where it can be one. */
export interface Share {
  name: string
  percent: number
}

/** A Service, and one of its ports by number or name. */
export interface Backend {
  name: string
  port: unknown
}

/** Something that an object needs: in its namespace, or of a kind that is in none. */
export interface Reference extends Type {
  name: string
  /** Pods start without it. */
  optional: boolean
  /** What it is for: `image pull secret`, `volume models`. */
  purpose: string
}

/** Of the core API, version v1. */
export interface Provided {
  kind: string
  name: string
}

export interface Needed {
  /** `no pod is created without it` */
  consequence: string
  /** Where an endpoint says that it needs it for this purpose. */
  field: (purpose: string) => string
  /** Something else may do in its place: to miss it is a warning. */
  isReplaceable?: true
}
