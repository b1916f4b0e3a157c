import type { KubeObject } from '../object/index.ts'

/** A project that another engine takes over: where it finds the manifests, and what they are in each environment. */
export interface Fleet {
  project: string
  source: ManifestSource
  environments: readonly HandedEnvironment[]
}

export interface ManifestSource {
  /** Of the repository with the manifests. */
  url: string
  branch: string
  /** Where this hand-over is in it, with "/"; '' for the root. */
  folder: string
  /** An artifact of a registry has the manifests instead, at its root. */
  oci?: OciReference | undefined
}

export interface OciReference {
  /** `oci://registry.example.com/fleet/models` */
  url: string
  tag: string
}

export interface HandedEnvironment {
  name: string
  namespace: string
  createNamespace: boolean
  /** Name of its cluster where the engine is in another one; without, the engine's own. */
  cluster?: string | undefined
  objects: readonly HandedObject[]
}

/** What is needed of a rendered object: environments are in memory together, and their specs are the most of each. */
export interface HandedObject {
  object: KubeObject
  endpoint: { name: string; namespace: string; spec: { loadTime: number } }
}

export function asHanded({
  object,
  endpoint: { name, namespace, spec },
}: HandedObject): HandedObject {
  return { object, endpoint: { name, namespace, spec: { loadTime: spec.loadTime } } }
}

/** A file of the hand-over; paths have "/". */
export interface HandoffFile {
  path: string
  /** Made when it is asked for. */
  readonly text: string
}

/** As names of objects. */
export function nameOf({ project }: Pick<Fleet, 'project'>, ...parts: string[]): string {
  return [project, ...parts].join('-')
}

export function inFolder({ folder, oci }: ManifestSource, path: string): string {
  return folder === '' || oci !== undefined ? path : `${folder}/${path}`
}
