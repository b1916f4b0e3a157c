import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { findExecutable } from '../command.ts'
import { reasonOf } from '../errors.ts'
import { withLock } from '../lock.ts'
import { cacheFolder } from '../places.ts'
import { buildBinaries, hasGo, moduleTitle } from './build.ts'
import { cacheKey, type Binary, type Module } from './catalogue.ts'
import { downloadRelease } from './download.ts'
import { copyFiles } from './files.ts'
import { findInstalled } from './installed.ts'
import { missingModules } from './missing.ts'
import type { Search } from './search.ts'
import { RELEASE_HOSTS, releaseOf } from './releases.ts'

export interface FindOptions {
  signal?: AbortSignal | undefined
  onProgress: (message: string) => void
  /** Tests give a server of their own. */
  releaseHosts?: typeof RELEASE_HOSTS
  /** Leave the binaries out. */
  filesOnly?: boolean
}

/** What there is of a module: absolute paths. */
export interface FoundModule {
  module: Module
  binaries: ReadonlyMap<string, string>
  /** The folder of its files, under their paths in the module. */
  files: string
}

/**
 * All binaries and files of these modules: binaries from the cache, from KUBEBUILDER_ASSETS or the PATH, downloaded, or built, in
 * this order; files from the cache or the module. Throws one SlipwayError (code `sandbox`) that names all that cannot be had.
 */
export async function findModules(
  modules: readonly Module[],
  options: FindOptions,
): Promise<FoundModule[]> {
  const refused = new Set<string>()
  const searches: Search[] = []
  for (const module of modules) searches.push(await findModule(module, { ...options, refused }))
  const incomplete = searches.filter(search => !isComplete(search))
  if (incomplete.length > 0) throw missingModules(incomplete)
  return searches.map(({ module, found, folder }) => ({
    module,
    binaries: found,
    files: filesIn(folder),
  }))
}

interface ModuleOptions extends FindOptions {
  /** Hosts that refused a file are not asked for the next: building starts without delay. */
  refused: Set<string>
}

async function findModule(module: Module, options: ModuleOptions): Promise<Search> {
  const folder = path.join(cacheFolder(), cacheKey(module))
  const cached = searchCache(module, folder, options)
  if (isComplete(cached)) return cached
  mkdirSync(cacheFolder(), { recursive: true })
  const onWait = (pid: number) =>
    options.onProgress(`waiting for process ${pid}, which is preparing ${moduleTitle(module)}`)
  return await withLock(`${folder}.lock`, { signal: options.signal, onWait }, async () => {
    const search = searchCache(module, folder, options)
    await takeInstalled(search, options)
    await download(search, options)
    await build(search, options)
    await copy(search, options)
    return search
  })
}

function searchCache(module: Module, folder: string, { filesOnly = false }: FindOptions): Search {
  const hasFiles = module.files.length === 0 || existsSync(filesIn(folder))
  const search: Search = { module, folder, found: new Map(), missing: [], hasFiles, tried: [] }
  for (const binary of filesOnly ? [] : module.binaries) {
    const file = findExecutable(binary.name, [folder])
    if (file === undefined) search.missing.push(binary)
    else search.found.set(binary.name, file)
  }
  return search
}

function filesIn(folder: string): string {
  return path.join(folder, 'files')
}

function isComplete({ missing, hasFiles }: Search): boolean {
  return missing.length === 0 && hasFiles
}

function take(search: Search, binary: Binary, file: string): void {
  search.found.set(binary.name, file)
  search.missing = search.missing.filter(({ name }) => name !== binary.name)
}

async function takeInstalled(search: Search, { onProgress }: FindOptions): Promise<void> {
  for (const binary of search.missing) {
    const file = await findInstalled(binary, search.module.version)
    if (file === undefined) continue
    take(search, binary, file)
    onProgress(`using the installed ${file}`)
  }
}

async function download(
  search: Search,
  { signal, onProgress, refused, releaseHosts = RELEASE_HOSTS }: ModuleOptions,
): Promise<void> {
  for (const binary of search.missing) {
    const release = releaseOf({ ...search.module, name: binary.name }, releaseHosts)
    if (release === undefined || refused.has(new URL(release.url).host)) continue
    const file = path.join(search.folder, binary.name)
    try {
      await downloadRelease(release, { file, signal })
      take(search, binary, file)
      onProgress(`downloaded ${binary.name} ${search.module.version}`)
    } catch (error) {
      signal?.throwIfAborted()
      refused.add(new URL(release.url).host)
      search.tried.push(`download of ${release.url}: ${reasonOf(error)}`)
    }
  }
}

async function build(search: Search, { signal, onProgress }: FindOptions): Promise<void> {
  const { module, folder, missing } = search
  if (missing.length === 0) return
  await withGo('build', search, signal, async () => {
    await buildBinaries(module, missing, { folder, signal, onProgress })
    for (const binary of missing) take(search, binary, path.join(folder, binary.name))
  })
}

async function copy(search: Search, { signal, onProgress }: FindOptions): Promise<void> {
  const { module, folder } = search
  if (search.hasFiles) return
  await withGo('files', search, signal, async () => {
    onProgress(`reading the files of ${moduleTitle(module)}`)
    await copyFiles(module, { folder: filesIn(folder), signal })
    search.hasFiles = true
  })
}

async function withGo(
  what: string,
  search: Search,
  signal: AbortSignal | undefined,
  work: () => Promise<void>,
): Promise<void> {
  if (!hasGo()) {
    search.tried.push(`${what}: there is no go on the PATH`)
    return
  }
  try {
    await work()
  } catch (error) {
    signal?.throwIfAborted()
    search.tried.push(`${what} of ${moduleTitle(search.module)}: ${reasonOf(error)}`)
  }
}
