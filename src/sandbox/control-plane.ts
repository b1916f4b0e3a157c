import { findModules, type FindOptions } from './binaries/find.ts'
import { controlPlane, plainVersion } from './versions.ts'

const BINARIES = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubectl',
  'kwok',
  'kwokctl',
] as const

/** Absolute paths of all that a sandbox runs, but KServe. */
export type BinaryPaths = Record<(typeof BINARIES)[number], string>

export interface ControlPlane {
  /** The version of Kubernetes, such as 1.37.2. */
  kubernetes: string
  binaries: BinaryPaths
}

/** A version of Kubernetes with the etcd and the KWOK that go with it; without a version, the default. */
export async function findControlPlane(
  version: string | undefined,
  options: FindOptions,
): Promise<ControlPlane> {
  const modules = controlPlane(version)
  const found = await findModules(modules, options)
  const paths = new Map(found.flatMap(({ binaries }) => [...binaries]))
  const binaries = Object.fromEntries(BINARIES.map(name => [name, paths.get(name) ?? name]))
  return { kubernetes: plainVersion(modules[0]), binaries: binaries as BinaryPaths }
}
