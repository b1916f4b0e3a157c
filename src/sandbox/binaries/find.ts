import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { findExecutable } from '../command.ts'
import { reasonOf } from '../errors.ts'
import { withLock } from '../lock.ts'
import { cacheFolder } from '../places.ts'
import { buildBinaries, hasGo } from './build.ts'
import type { Binary, BinaryName, BinaryPaths, Module } from './catalogue.ts'
import { binaryCatalogue, versionKey } from './catalogue.ts'
import { downloadRelease } from './download.ts'
import { findInstalled } from './installed.ts'
import { missingBinaries } from './missing.ts'
import { RELEASE_HOSTS, releaseOf } from './releases.ts'

export interface FindOptions {
  signal?: AbortSignal | undefined
  onProgress: (message: string) => void
  /** Tests give a server of their own. */
  releaseHosts?: typeof RELEASE_HOSTS
}

/** What has been found so far, and why the rest has not. */
interface Search {
  folder: string
  found: Map<BinaryName, string>
  missing: Binary[]
  tried: string[]
}

/**
 * All binaries of a sandbox: from the cache, from KUBEBUILDER_ASSETS or the PATH, downloaded, or built, in this order.
 * Throws one SlipwayError (code `sandbox`) that names those that cannot be had.
 */
export async function findBinaries(options: FindOptions): Promise<BinaryPaths> {
  const folder = path.join(cacheFolder(), versionKey())
  const cached = searchCache(folder)
  if (cached.missing.length === 0) return pathsOf(cached)
  mkdirSync(cacheFolder(), { recursive: true })
  const onWait = (pid: number) =>
    options.onProgress(`waiting for process ${pid}, which is preparing the same binaries`)
  return await withLock(`${folder}.lock`, { signal: options.signal, onWait }, async () => {
    const search = searchCache(folder)
    await takeInstalled(search, options)
    await download(search, options)
    await build(search, options)
    if (search.missing.length > 0) throw missingBinaries(search)
    return pathsOf(search)
  })
}

function searchCache(folder: string): Search {
  const search: Search = { folder, found: new Map(), missing: [], tried: [] }
  for (const binary of binaryCatalogue()) {
    const file = findExecutable(binary.name, [folder])
    if (file === undefined) search.missing.push(binary)
    else search.found.set(binary.name, file)
  }
  return search
}

function take(search: Search, binary: Binary, file: string): void {
  search.found.set(binary.name, file)
  search.missing = search.missing.filter(({ name }) => name !== binary.name)
}

async function takeInstalled(search: Search, { onProgress }: FindOptions): Promise<void> {
  for (const binary of search.missing) {
    const file = await findInstalled(binary)
    if (file === undefined) continue
    take(search, binary, file)
    onProgress(`using the installed ${file}`)
  }
}

async function download(
  search: Search,
  { signal, onProgress, releaseHosts = RELEASE_HOSTS }: FindOptions,
): Promise<void> {
  const refused = new Set<string>()
  for (const binary of search.missing) {
    const release = releaseOf(binary, releaseHosts)
    // A host that refused one file is not asked for the next: building starts without delay.
    if (release === undefined || refused.has(new URL(release.url).host)) continue
    const file = path.join(search.folder, binary.name)
    try {
      await downloadRelease(release, { file, signal })
      take(search, binary, file)
      onProgress(`downloaded ${binary.name} ${binary.module.version}`)
    } catch (error) {
      signal?.throwIfAborted()
      refused.add(new URL(release.url).host)
      search.tried.push(`download of ${release.url}: ${reasonOf(error)}`)
    }
  }
}

async function build(search: Search, { signal, onProgress }: FindOptions): Promise<void> {
  if (search.missing.length > 0 && !hasGo()) {
    search.tried.push('build: there is no go on the PATH')
    return
  }
  for (const [module, binaries] of groupByModule(search.missing)) {
    try {
      await buildBinaries(module, binaries, { folder: search.folder, signal, onProgress })
      for (const binary of binaries) take(search, binary, path.join(search.folder, binary.name))
    } catch (error) {
      signal?.throwIfAborted()
      search.tried.push(`build of ${module.goModule} ${module.version}: ${reasonOf(error)}`)
    }
  }
}

// The catalogue makes one Module per binary, so they are compared by name.
function groupByModule(binaries: readonly Binary[]): [Module, Binary[]][] {
  const groups = Map.groupBy(binaries, ({ module }) => module.name)
  return [...groups.values()].flatMap(group => (group[0] ? [[group[0].module, group]] : []))
}

function pathsOf({ found }: Search): BinaryPaths {
  const pathOf = (name: BinaryName) => found.get(name) ?? name
  return {
    etcd: pathOf('etcd'),
    'kube-apiserver': pathOf('kube-apiserver'),
    'kube-controller-manager': pathOf('kube-controller-manager'),
    'kube-scheduler': pathOf('kube-scheduler'),
    kubectl: pathOf('kubectl'),
    kwok: pathOf('kwok'),
    kwokctl: pathOf('kwokctl'),
  }
}
