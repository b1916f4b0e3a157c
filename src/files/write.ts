import { constants, open, type FileHandle } from 'node:fs/promises'
import { failure } from '../problem/index.ts'
import { outside, pathInside, placeInside } from './inside.ts'

export interface NewText {
  folder: string
  /** Below the folder. */
  path: string
  text: string | Uint8Array
}

/** Writes a file of a folder, in place of one that is there. Throws as placeInside, and the file system's errors. */
export async function writeInside({ folder, path, text }: NewText): Promise<void> {
  await writeAt(placeInside(folder, path), text, constants.O_TRUNC)
}

/** Writes a file of a folder unless something of that name is there already; false then. */
export async function writeNewInside({ folder, path, text }: NewText): Promise<boolean> {
  try {
    await writeAt(pathInside(folder, path), text, constants.O_EXCL)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

const { O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_WRONLY } = constants

/** A link that came in between is not followed, and a pipe is not waited for. */
async function writeAt(file: string, text: NewText['text'], flags: number): Promise<void> {
  const handle = await openFile(file, flags)
  try {
    if (!(await handle.stat()).isFile()) throw noFile(file)
    await handle.writeFile(text)
  } finally {
    await handle.close()
  }
}

async function openFile(file: string, flags: number): Promise<FileHandle> {
  try {
    return await open(file, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | flags)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ELOOP') throw outside(file, 'another place')
    if (code === 'ENXIO') throw noFile(file)
    throw error
  }
}

function noFile(file: string) {
  return failure('outside-folder', `${file} is not written: it exists and is not a file`, {
    remedy: 'Remove it, or name another folder.',
  })
}
