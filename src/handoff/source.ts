import { realpathSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { failure } from '../problem/index.ts'
import { repositoryOf } from '../project/index.ts'
import { repositoryAbove } from '../spec/index.ts'
import type { ManifestSource } from './fleet.ts'

export interface SourceQuestion {
  /** Of the repository with the manifests; that of the project's remote origin when left out. */
  url?: string | undefined
  branch: string
  /** That the hand-over is written into. */
  folder: string
  /** Of the project. */
  directory: string
}

/** Where an engine finds what is written into a folder. Throws SlipwayError `usage` where the repository's address is not known. */
export async function sourceOf(question: SourceQuestion): Promise<ManifestSource> {
  const { url, branch, folder, directory } = question
  const target = resolve(folder)
  const root = repositoryAbove(target)
  const path = root === undefined ? '' : relative(root, inReality(target)).replaceAll(sep, '/')
  return { url: url ?? (await originUrl(directory)), branch, folder: path }
}

/** The folder need not be there yet. */
function inReality(target: string): string {
  const parts = target.split(sep)
  for (let length = parts.length; length > 1; length -= 1) {
    try {
      const real = realpathSync.native(parts.slice(0, length).join(sep))
      return [real, ...parts.slice(length)].join(sep)
    } catch {
      // Not there: look further up.
    }
  }
  return target
}

async function originUrl(directory: string): Promise<string> {
  const repository = await repositoryOf(directory, { isNeeded: false })
  const name = await repository?.origin()
  // A folder has no host with a dot before its first slash.
  if (name !== undefined && /^[^/]+\.[^/]+\//.test(name)) return `https://${name}.git`
  throw failure(
    'usage',
    'the address of the repository is not known: there is no remote "origin" with one',
    {
      remedy: 'Give it with --url.',
    },
  )
}
