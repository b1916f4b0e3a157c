import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { materialFolder } from '../places.ts'
import { PINNED_MODULES, type PinnedModule } from './pinned.ts'

/** A pinned module with the version that its go.mod says. */
export interface Module extends Omit<PinnedModule, 'binaries' | 'files'> {
  version: string
  binaries: readonly Binary[]
  files: readonly string[]
}

export interface Binary {
  name: string
  goPackage: string
  /** Absent when it does not print one. */
  versionArgs: readonly string[] | undefined
}

/** The module of a folder of `sandbox/`. go.mod alone says which version is meant, so that an update changes one place. */
export function moduleOf(folder: string): Module {
  const pinned = PINNED_MODULES.find(each => each.folder === folder)
  if (pinned === undefined) throw new Error(`${folder} is not in the table of pinned modules`)
  const { goModule, binaries = [], files = [] } = pinned
  return {
    ...pinned,
    version: versionIn(readText(folder, 'go.mod'), goModule),
    binaries: binaries.map(({ name, command, versionArgs }) => ({
      name,
      goPackage: `${goModule}${command}`,
      versionArgs,
    })),
    files,
  }
}

function versionIn(goMod: string, goModule: string): string {
  const words = goMod.split('\n').map(line =>
    line
      .trim()
      .replace(/^require /, '')
      .split(' '),
  )
  const found = words.find(([module, word]) => module === goModule && word?.startsWith('v'))?.[1]
  if (found === undefined) throw new Error(`go.mod requires no version of ${goModule}`)
  return found
}

export function moduleFolder({ folder }: Pick<Module, 'folder'>): string {
  return path.join(materialFolder(), folder)
}

/** kube-apiserver tells its clients this version; without it they get v0.0.0-master and complain. */
export function linkerFlags({ version, isVersionLinked = false }: Module): string {
  return isVersionLinked ? `-s -w -X k8s.io/component-base/version.gitVersion=${version}` : '-s -w'
}

export const BUILD_FLAGS = ['-trimpath', '-buildvcs=false'] as const

/** Changes whenever another build of this module would come out: the name of its folder in the cache. */
export function cacheKey(module: Module): string {
  const hash = createHash('sha256')
  for (const file of ['go.mod', 'go.sum']) hash.update(readText(module.folder, file))
  const target = [process.platform, process.arch]
  const { binaries, files } = module
  const build = [linkerFlags(module), ...BUILD_FLAGS, ...target].join(' ')
  hash.update(JSON.stringify([build, binaries.map(({ goPackage }) => goPackage), files]))
  return `${module.folder}-${module.version}-${hash.digest('hex').slice(0, 12)}`
}

function readText(folder: string, file: string): string {
  return readFileSync(path.join(moduleFolder({ folder }), file), 'utf8')
}
