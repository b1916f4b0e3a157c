import { existsSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import { loadAll, YAMLException } from 'js-yaml'
import { failure, type SlipwayError } from '../../problem/index.ts'

/** A kubeconfig as written (https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/), several files merged, paths absolute. */
export interface Kubeconfig {
  files: string[]
  clusters: Map<string, ClusterEntry>
  users: Map<string, UserEntry>
  contexts: Map<string, ContextEntry>
  currentContext?: string
}

export interface ClusterEntry {
  server?: string
  'certificate-authority'?: string
  'certificate-authority-data'?: string
  'insecure-skip-tls-verify'?: boolean
  'tls-server-name'?: string
  'proxy-url'?: string
}

export interface UserEntry {
  'client-certificate'?: string
  'client-certificate-data'?: string
  'client-key'?: string
  'client-key-data'?: string
  token?: string
  tokenFile?: string
  username?: string
  password?: string
  as?: string
  'as-uid'?: string
  'as-groups'?: string[]
  'as-user-extra'?: Record<string, string[]>
  exec?: ExecEntry
  'auth-provider'?: { name: string; config?: Record<string, string> }
}

export interface ExecEntry {
  apiVersion?: string
  command: string
  args?: string[] | null
  env?: { name: string; value: string }[] | null
  installHint?: string
  provideClusterInfo?: boolean
}

export interface ContextEntry {
  cluster?: string
  user?: string
  namespace?: string
}

/** Reads and merges: the first file that says something wins, as in kubectl. */
export function readKubeconfig(files: readonly string[], required: boolean): Kubeconfig {
  const merged: Kubeconfig = {
    files: [],
    clusters: new Map(),
    users: new Map(),
    contexts: new Map(),
  }
  for (const file of files) {
    if (!required && !existsSync(file)) continue
    addFile(merged, resolve(file))
  }
  return merged
}

function addFile(merged: Kubeconfig, file: string): void {
  const content = parseFile(file)
  const directory = dirname(file)
  merged.files.push(file)
  for (const [name, entry] of entries<ClusterEntry>(content.clusters, 'cluster')) {
    if (!merged.clusters.has(name))
      merged.clusters.set(name, absolute(entry, directory, ['certificate-authority']))
  }
  for (const [name, entry] of entries<UserEntry>(content.users, 'user')) {
    if (!merged.users.has(name)) merged.users.set(name, absoluteUser(entry, directory))
  }
  for (const [name, entry] of entries<ContextEntry>(content.contexts, 'context')) {
    if (!merged.contexts.has(name)) merged.contexts.set(name, entry)
  }
  const current = content['current-context']
  if (merged.currentContext === undefined && typeof current === 'string' && current !== '')
    merged.currentContext = current
}

function parseFile(file: string): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw unreadable(file, error)
  }
  const content = parseText(file, text)
  if (content === null || content === undefined) return {}
  if (typeof content === 'object' && !Array.isArray(content))
    return content as Record<string, unknown>
  throw failure('kubeconfig', `${file} is not a kubeconfig`, {
    remedy: 'Give another file with --kubeconfig or KUBECONFIG.',
  })
}

function parseText(file: string, text: string): unknown {
  try {
    return loadAll(text)[0]
  } catch (error) {
    // Its message quotes the file, credentials included: only the reason is passed on.
    const cause = error instanceof YAMLException ? error.reason : ''
    throw failure('kubeconfig', `${file} is not valid YAML`, {
      cause,
      remedy: 'Repair the file, or give another one with --kubeconfig.',
    })
  }
}

function unreadable(file: string, error: unknown): SlipwayError {
  const { code } = error as NodeJS.ErrnoException
  const message =
    code === 'ENOENT'
      ? `there is no kubeconfig at ${file}`
      : `the kubeconfig ${file} cannot be read (${code})`
  return failure('kubeconfig', message, {
    error,
    remedy: 'Give the right file with --kubeconfig or the environment variable KUBECONFIG.',
  })
}

function* entries<T extends object>(list: unknown, key: string): Generator<[string, T]> {
  if (!Array.isArray(list)) return
  for (const item of list as Record<string, unknown>[]) {
    const content = item?.[key]
    if (typeof item?.name === 'string') yield [item.name, (content ?? {}) as T]
  }
}

function absoluteUser(entry: UserEntry, directory: string): UserEntry {
  const user = absolute(entry, directory, ['client-certificate', 'client-key', 'tokenFile'])
  const { exec } = user
  // As in kubectl: a bare command is looked up in PATH, one with a slash is relative to the kubeconfig.
  if (exec?.command?.includes('/') !== true) return user
  return { ...user, exec: absolute(exec, directory, ['command']) }
}

function absolute<T extends object>(entry: T, directory: string, keys: readonly (keyof T)[]): T {
  const result = { ...entry }
  for (const key of keys) {
    const path = entry[key]
    if (typeof path === 'string' && path !== '' && !isAbsolute(path))
      result[key] = resolve(directory, path) as T[typeof key]
  }
  return result
}
