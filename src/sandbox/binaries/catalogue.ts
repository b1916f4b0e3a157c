import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { materialFolder } from '../places.ts'

const MODULE_NAMES = ['kubernetes', 'etcd', 'kwok'] as const
export type ModuleName = (typeof MODULE_NAMES)[number]

/** One Go module of the package's sandbox folder: what it pins, and what its binaries are built from. */
export interface Module {
  name: ModuleName
  /** The path whose version in go.mod is the version of the binaries. */
  goModule: string
  version: string
  /** Seconds to build all its binaries on 2 cores from empty caches, downloads included. */
  expectedSeconds: number
}

export interface Binary {
  name: BinaryName
  module: Module
  goPackage: string
  /** Arguments that make it print its version. */
  versionArgs: readonly string[]
}

const MODULES = {
  kubernetes: { goModule: 'k8s.io/kubernetes', expectedSeconds: 240 },
  etcd: { goModule: 'go.etcd.io/etcd/server/v3', expectedSeconds: 20 },
  kwok: { goModule: 'sigs.k8s.io/kwok', expectedSeconds: 75 },
} as const satisfies Record<ModuleName, object>

const BINARIES = [
  { name: 'kube-apiserver', of: 'kubernetes', command: '/cmd/kube-apiserver' },
  { name: 'kube-controller-manager', of: 'kubernetes', command: '/cmd/kube-controller-manager' },
  { name: 'kube-scheduler', of: 'kubernetes', command: '/cmd/kube-scheduler' },
  { name: 'kubectl', of: 'kubernetes', command: '/cmd/kubectl' },
  { name: 'etcd', of: 'etcd', command: '' },
  { name: 'kwok', of: 'kwok', command: '/cmd/kwok' },
  { name: 'kwokctl', of: 'kwok', command: '/cmd/kwokctl' },
] as const

export type BinaryName = (typeof BINARIES)[number]['name']

/** Absolute paths of all that a sandbox runs. */
export type BinaryPaths = Record<BinaryName, string>

export function binaryCatalogue(): Binary[] {
  return BINARIES.map(({ name, of, command }) => {
    const module = moduleOf(of)
    const versionArgs = name === 'kubectl' ? ['version', '--client'] : ['--version']
    return { name, module, goPackage: `${module.goModule}${command}`, versionArgs }
  })
}

export function moduleFolder(name: ModuleName): string {
  return path.join(materialFolder(), name)
}

// go.mod alone says which version is meant, so that an update changes one place.
function moduleOf(name: ModuleName): Module {
  const { goModule, expectedSeconds } = MODULES[name]
  const text = readFileSync(path.join(moduleFolder(name), 'go.mod'), 'utf8')
  const version = text
    .split('\n')
    .map(line =>
      line
        .trim()
        .replace(/^require /, '')
        .split(' '),
    )
    .find(([module, word]) => module === goModule && word?.startsWith('v'))?.[1]
  if (version === undefined) throw new Error(`${goModule} is not required in ${name}/go.mod`)
  return { name, goModule, version, expectedSeconds }
}

/** kube-apiserver tells its clients this version; without it they get v0.0.0-master and complain. */
export function linkerFlags(module: Module): string {
  const version = `-X k8s.io/component-base/version.gitVersion=${module.version}`
  return module.name === 'kubernetes' ? `-s -w ${version}` : '-s -w'
}

export const BUILD_FLAGS = ['-trimpath', '-buildvcs=false'] as const

/** Changes whenever another build would come out: the name of the folder in the cache. */
export function versionKey(): string {
  const hash = createHash('sha256')
  for (const name of MODULE_NAMES) {
    for (const file of ['go.mod', 'go.sum']) {
      hash.update(readFileSync(path.join(moduleFolder(name), file)))
    }
    hash.update(linkerFlags(moduleOf(name)))
  }
  hash.update([...BUILD_FLAGS, process.platform, process.arch].join(' '))
  return `${moduleOf('kubernetes').version}-${hash.digest('hex').slice(0, 12)}`
}
