import { lstat, mkdir, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { failure, type SlipwayError } from '../problem/index.ts'

/**
 * Where a file of a folder is to be written; folders on the way are made. Throws `outside-folder` where a link on the way leads out of
 * the folder, or the file itself is a link: who can push a link to a repository would choose what a pipeline overwrites.
 * A folder below the working directory must not lead out of that either; one elsewhere was named on purpose.
 */
export async function placeInside(folder: string, path: string): Promise<string> {
  const file = await pathInside(folder, path)
  if ((await kindOf(file))?.isSymbolicLink() === true)
    throw outside(join(folder, path), await destination(file))
  return file
}

/** As placeInside, for who writes only what is not there yet: a link is. */
export async function pathInside(folder: string, path: string): Promise<string> {
  const base = await realFolder(folder)
  const target = resolve(base, path)
  if (target === base || !isWithin(base, target)) throw outside(join(folder, path), target)
  const parent = await descend(base, dirname(target))
  return join(parent, basename(target))
}

async function realFolder(folder: string): Promise<string> {
  const here = await realpath('.')
  const wanted = resolve(folder)
  if (isWithin(resolve('.'), wanted)) return descend(here, resolve(here, relative('.', wanted)))
  await mkdir(wanted, { recursive: true })
  return realpath(wanted)
}

/** The real path of a folder below another, made where it is missing; no step leaves the other. */
async function descend(base: string, folder: string): Promise<string> {
  let at = base
  for (const name of relative(base, folder)
    .split(sep)
    .filter(step => step !== '')) {
    const next = join(at, name)
    if ((await kindOf(next)) === undefined) await makeFolder(next)
    at = await destination(next)
    if (!isWithin(base, at)) throw outside(next, at)
  }
  return at
}

/** Somebody who writes into the same folder at the same time may have made it. */
async function makeFolder(path: string): Promise<void> {
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

function isWithin(base: string, path: string): boolean {
  const way = relative(base, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

async function kindOf(path: string) {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

/** A link that leads nowhere is named by itself. */
async function destination(path: string): Promise<string> {
  return realpath(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ELOOP') throw outside(path, 'nowhere')
    throw error
  })
}

export function outside(path: string, target: string): SlipwayError {
  return failure('outside-folder', `${path} is not written: it leads to ${target}`, {
    cause: 'It is a link, or lies behind one; what it leads to is not part of the folder.',
    remedy: 'Remove the link, or name the folder that it leads to.',
  })
}
