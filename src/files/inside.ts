import { lstatSync, mkdirSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { failure, type SlipwayError } from '../problem/index.ts'

/**
 * Where a file of a folder is to be written; folders on the way are made. Throws `outside-folder` where a link on the way leads out of
 * the folder, or the file itself is a link: who can push a link to a repository would choose what a pipeline overwrites.
 * A folder below the working directory must not lead out of that either; one elsewhere was named on purpose.
 */
export function placeInside(folder: string, path: string): string {
  const file = pathInside(folder, path)
  if (kindOf(file)?.isSymbolicLink() === true) throw outside(join(folder, path), destination(file))
  return file
}

/**
 * As placeInside, for who writes only what is not there yet: a link is. The looks on the way are synchronous: there are a dozen for each
 * file of a hand-over, and handing each to another thread takes ten times as long.
 */
export function pathInside(folder: string, path: string): string {
  const base = realFolder(folder)
  const target = resolve(base, path)
  if (target === base || !isWithin(base, target)) throw outside(join(folder, path), target)
  const parent = descend(base, dirname(target))
  return join(parent, basename(target))
}

function realFolder(folder: string): string {
  const here = realpathSync.native('.')
  const wanted = resolve(folder)
  if (isWithin(resolve('.'), wanted)) return descend(here, resolve(here, relative('.', wanted)))
  mkdirSync(wanted, { recursive: true })
  return realpathSync.native(wanted)
}

/** The real path of a folder below another, made where it is missing; no step leaves the other. */
function descend(base: string, folder: string): string {
  let at = base
  for (const name of relative(base, folder)
    .split(sep)
    .filter(step => step !== '')) {
    const next = join(at, name)
    if (kindOf(next) === undefined) makeFolder(next)
    at = destination(next)
    if (!isWithin(base, at)) throw outside(next, at)
  }
  return at
}

/** Somebody who writes into the same folder at the same time may have made it. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function isWithin(base: string, path: string): boolean {
  const way = relative(base, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function kindOf(path: string) {
  return lstatSync(path, { throwIfNoEntry: false })
}

/** A link that leads nowhere is named by itself. */
function destination(path: string): string {
  try {
    return realpathSync.native(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ELOOP') throw outside(path, 'nowhere')
    throw error
  }
}

export function outside(path: string, target: string): SlipwayError {
  return failure('outside-folder', `${path} is not written: it leads to ${target}`, {
    cause: 'It is a link, or lies behind one; what it leads to is not part of the folder.',
    remedy: 'Remove the link, or name the folder that it leads to.',
  })
}
