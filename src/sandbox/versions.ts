import { failure } from '../problem/index.ts'
import { moduleOf, type Module } from './binaries/catalogue.ts'

/** The pinned versions, oldest first; without a version the sandbox has the default. */
interface Product {
  name: string
  option: string
  folders: readonly string[]
  defaultFolder: string
}

const KUBERNETES: Product = {
  name: 'Kubernetes',
  option: '--kubernetes',
  folders: ['kubernetes-1.34', 'kubernetes-1.37'],
  defaultFolder: 'kubernetes-1.37',
}

const KSERVE: Product = {
  name: 'KServe',
  option: '--kserve',
  folders: ['kserve-0.16.0', 'kserve-0.17.0', 'kserve-0.19.0', 'kserve-0.20.0'],
  defaultFolder: 'kserve-0.20.0',
}

/** The etcd that each Kubernetes is built and tested with (its build/dependencies.yaml). */
const ETCD_OF: Record<string, string> = {
  'kubernetes-1.34': 'etcd-3.6',
  'kubernetes-1.37': 'etcd-3.7',
}

/** Everything of a control plane: Kubernetes first. Understands `1.37`, `1.37.2`, `v1.37.2`; throws for a version that is not pinned. */
export function controlPlane(version?: string): [kubernetes: Module, ...others: Module[]] {
  const kubernetes = choose(KUBERNETES, version)
  return [kubernetes, moduleOf(ETCD_OF[kubernetes.folder] ?? ''), moduleOf('kwok')]
}

/** KServe of a version, with the same spellings. */
export function kserveModule(version?: string): Module {
  return choose(KSERVE, version)
}

/** Such as 1.37.2, oldest first. */
export function kubernetesVersions(): string[] {
  return versionsOf(KUBERNETES)
}

export function kserveVersions(): string[] {
  return versionsOf(KSERVE)
}

export function defaultKubernetes(): string {
  return plainVersion(choose(KUBERNETES))
}

export function defaultKserve(): string {
  return plainVersion(choose(KSERVE))
}

/** Without the v that Go modules have. */
export function plainVersion({ version }: Pick<Module, 'version'>): string {
  return version.replace(/^v/, '')
}

function choose(product: Product, asked = ''): Module {
  if (asked === '') return moduleOf(product.defaultFolder)
  const wanted = asked.replace(/^v/, '')
  const found = modulesOf(product).find(module => {
    const version = plainVersion(module)
    return version === wanted || version.replace(/\.\d+$/, '') === wanted
  })
  if (found !== undefined) return found
  const known = versionsOf(product).join(', ')
  throw failure(
    'usage',
    `${product.option} ${asked}: the sandbox has no such version of ${product.name}`,
    {
      remedy: `Choose one of ${known}, or leave it out for ${plainVersion(moduleOf(product.defaultFolder))}.`,
    },
  )
}

function versionsOf(product: Product): string[] {
  return modulesOf(product).map(plainVersion)
}

function modulesOf({ folders }: Product): Module[] {
  return folders.map(moduleOf)
}
