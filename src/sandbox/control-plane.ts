import type { FindOptions } from './binaries/find.ts'
import { findModules } from './binaries/find.ts'
import { controlPlane, plainVersion } from './versions.ts'

/** Absolute paths of all that a sandbox runs, but KServe. */
export interface BinaryPaths {
  etcd: string
  'kube-apiserver': string
  'kube-controller-manager': string
  'kube-scheduler': string
  kubectl: string
  kwok: string
  kwokctl: string
}

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
  const pathOf = (name: string) => paths.get(name) ?? name
  const binaries = {
    etcd: pathOf('etcd'),
    'kube-apiserver': pathOf('kube-apiserver'),
    'kube-controller-manager': pathOf('kube-controller-manager'),
    'kube-scheduler': pathOf('kube-scheduler'),
    kubectl: pathOf('kubectl'),
    kwok: pathOf('kwok'),
    kwokctl: pathOf('kwokctl'),
  }
  return { kubernetes: plainVersion(modules[0]), binaries }
}
