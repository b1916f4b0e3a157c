import {
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { failure } from '../../problem/index.ts'
import { errorCode } from '../errors.ts'

const LOCK_TIMEOUT_SECONDS = 10

/** The files that kubectl would read, in its order: KUBECONFIG may list several. */
export function userKubeconfigs(): string[] {
  const listed = (process.env['KUBECONFIG'] ?? '').split(path.delimiter).filter(file => file !== '')
  return listed.length > 0 ? listed : [path.join(homedir(), '.kube', 'config')]
}

/** The file that kubectl would write a new context to: the first that exists, else the last. */
export function writableKubeconfig(files: readonly string[]): string {
  return files.find(file => existsSync(file)) ?? files.at(-1) ?? ''
}

export function readKubeconfig(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/** Changes a kubeconfig under the lock that kubectl takes too. `undefined` from `change` removes the file. */
export async function changeKubeconfig(
  file: string,
  change: (text: string) => string | undefined,
): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const unlock = await lockAsKubectl(file)
  try {
    const before = readKubeconfig(file)
    const after = change(before)
    if (after === undefined) rmSync(file, { force: true })
    else if (after !== before) replaceFile(file, after)
  } finally {
    unlock()
  }
}

// Written beside and renamed: a kill in the middle leaves the old file. A link stays a link.
function replaceFile(file: string, text: string): void {
  const target = existsSync(file) ? realpathSync(file) : file
  const mode = existsSync(target) ? statSync(target).mode & 0o777 : 0o600
  removeUnfinished(target)
  const temporary = `${target}.slipway-${process.pid}`
  // It has keys in it: made anew, so that nobody else's file or link is written into, and on the disk before it counts.
  writeFileSync(temporary, text, { mode, flag: 'wx', flush: true })
  renameSync(temporary, target)
}

/** What a killed process left: under the lock, nobody else is writing one. */
function removeUnfinished(target: string): void {
  const unfinished = `${path.basename(target)}.slipway-`
  const folder = path.dirname(target)
  for (const name of readdirSync(folder))
    if (name.startsWith(unfinished) && /^\d+$/.test(name.slice(unfinished.length)))
      rmSync(path.join(folder, name), { force: true })
}

// client-go's clientcmd creates `<file>.lock` exclusively and removes it afterwards.
async function lockAsKubectl(file: string): Promise<() => void> {
  const lock = `${file}.lock`
  const deadline = Date.now() + LOCK_TIMEOUT_SECONDS * 1000
  for (;;) {
    try {
      closeSync(openSync(lock, 'wx', 0))
      return () => rmSync(lock, { force: true })
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    }
    if (Date.now() > deadline) throw stillLocked(lock)
    await sleep(50)
  }
}

function stillLocked(lock: string) {
  return failure('kubeconfig', `${lock} has been there for ${LOCK_TIMEOUT_SECONDS} s`, {
    cause:
      'kubectl creates it while it changes the kubeconfig, and leaves it behind when it is killed.',
    remedy: 'If no kubectl is running, remove it and try again.',
  })
}
