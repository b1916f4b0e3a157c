import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { feed } from './feed.ts'
import { assembleRoot, USER } from '../../scripts/image/root-file-system.ts'
import type { Result } from './project.ts'

/**
 * A machine without Node, npm and this checkout: a file system of its own in namespaces of its own, so that its mounts
 * and processes are gone when the test is. It shares the loopback network.
 */
export interface Machine {
  root: string
  run: (options: MachineRun, ...command: string[]) => Promise<Result>
  stop: () => void
}

export interface MachineRun {
  directory?: string
  env?: Record<string, string>
  input?: string
}

export interface MachineOptions {
  singleFile: string
  /** An empty folder for its file system. */
  root: string
  /** Folders of this machine that it sees, read-only, by their path there. */
  sees?: Record<string, string>
  /** What is written is /tmp alone, and nobody is root. */
  isContainer?: boolean
}

/** Why this machine cannot have another one; undefined when it can. */
export function whyNoMachine(): string | undefined {
  if (process.platform !== 'linux') return 'only Linux has namespaces'
  const isAllowed = spawnSync('unshare', ['--mount', '--pid', '--fork', 'true']).status === 0
  return isAllowed ? undefined : 'only root may change the root of a file system'
}

/** Declares a test as `declare` does, which is skipped, with the reason, where this machine can have no other. */
export function machineTest<Body>(
  declare: (title: string, body: Body) => void,
  skip: (title: string, body: Body) => void,
): (title: string, body: Body) => void {
  const reason = whyNoMachine()
  return (title, body) =>
    reason === undefined ? declare(title, body) : skip(`${title} (skipped: ${reason})`, body)
}

export async function startMachine(options: MachineOptions): Promise<Machine> {
  const { root, singleFile, sees = {}, isContainer = false } = options
  assembleRoot({ singleFile, to: root })
  for (const path of Object.keys(sees)) mkdirSync(join(root, path), { recursive: true })
  const mounts = [
    `mount --bind '${root}' '${root}'`,
    `mount -t proc proc '${root}/proc'`,
    `mount --rbind /dev '${root}/dev'`,
    ...Object.entries(sees).flatMap(([path, from]) => [
      `mount --bind '${from}' '${root}${path}'`,
      `mount -o remount,ro,bind '${root}${path}'`,
    ]),
    ...(isContainer
      ? [`mount -o remount,ro,bind '${root}'`, `mount -t tmpfs -o mode=1777 tmp '${root}/tmp'`]
      : []),
  ]
  const init = await startInit(`${mounts.join(' && ')} && echo ready && exec sleep infinity`)
  const user = isContainer ? [`--userspec=${USER.id}:${USER.id}`] : []
  return {
    root,
    run: (how, ...command) => enter({ init, root, user }, how, command),
    stop: () => init.kill('SIGKILL'),
  }
}

async function startInit(script: string): Promise<ChildProcess> {
  const args = ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script]
  const init = spawn('unshare', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((ready, failed) => {
    init.stdout.once('data', () => ready())
    init.once('close', code => failed(new Error(`the machine did not start: exit code ${code}`)))
  })
  return init
}

interface Inside {
  init: ChildProcess
  root: string
  user: string[]
}

/** With an environment of its own: what this machine has in its own is no part of that one. */
function enter({ init, root, user }: Inside, how: MachineRun, command: string[]): Promise<Result> {
  const { directory = '/', env = {}, input = '' } = how
  const namespaces = ['-t', String(init.pid), '-m', `--pid=/proc/${init.pid}/ns/pid_for_children`]
  const settings = Object.entries({ ...SETTINGS, ...env }).map(
    ([name, value]) => `${name}=${value}`,
  )
  const change = [
    'chroot',
    ...user,
    root,
    '/usr/bin/env',
    '-i',
    `--chdir=${directory}`,
    ...settings,
  ]
  const child = spawn('nsenter', [...namespaces, ...change, ...command], { stdio: 'pipe' })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  feed(child, input)
  return new Promise((done, failed) => {
    child.on('error', failed)
    child.on('close', code => done({ code: code ?? -1, ...said }))
  })
}

const SETTINGS = {
  PATH: '/usr/bin:/bin',
  HOME: '/tmp/home',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
}
