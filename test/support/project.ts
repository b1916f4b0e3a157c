import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { createLimiter } from '../../src/cluster/transport/limiter.ts'
import { CLI } from './cli.ts'

const run = promisify(execFile)

/** A file of a hundred short tests starts them all at once, and what runs beside it waits. */
const places = createLimiter(8)

export interface Result {
  code: number
  stdout: string
  stderr: string
}

export interface Running {
  /** Resolves when its stderr matches. */
  says: (words: RegExp) => Promise<void>
  kill: (signal: NodeJS.Signals) => void
  ended: Promise<Result>
}

/** A scratch project in a git repository, in which slipway is run as users run it: as a process of its own. */
export interface ScratchProject {
  directory: string
  write: (file: string, text: string) => Promise<void>
  edit: (file: string, from: string | RegExp, to: string) => Promise<void>
  remove: (file: string) => Promise<void>
  commit: (message: string) => Promise<string>
  git: (...args: string[]) => Promise<string>
  slipway: (...args: string[]) => Promise<Result>
  /** The same, without waiting for its end. */
  start: (...args: string[]) => Running
  dispose: () => Promise<void>
}

export interface ScratchOptions {
  files: Record<string, string>
  /** Added to every process's environment. */
  env?: Record<string, string>
}

export async function scratchProject({ files, env = {} }: ScratchOptions): Promise<ScratchProject> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-test-'))
  const environment = { ...cleanEnvironment(), ...env }
  const git = async (...args: string[]) => {
    const { stdout } = await run('git', args, { cwd: directory, env: environment })
    return stdout.trim()
  }
  const write = async (file: string, text: string) => {
    await mkdir(dirname(join(directory, file)), { recursive: true })
    await writeFile(join(directory, file), text)
  }
  const edit = async (file: string, from: string | RegExp, to: string) => {
    const before = await readFile(join(directory, file), 'utf8')
    const after = before.replace(from, to)
    if (after === before) throw new Error(`${file} has no ${String(from)}`)
    await write(file, after)
  }
  await git('init', '--quiet', '--initial-branch=main')
  for (const [file, text] of Object.entries(files)) await write(file, text)
  return {
    directory,
    git,
    write,
    edit,
    remove: file => rm(join(directory, file)),
    commit: async message => {
      await git('add', '--all')
      await git('commit', '--quiet', '--message', message)
      return git('rev-parse', 'HEAD')
    },
    slipway: async (...args) => {
      const leave = await places.enter()
      return start(args, directory, environment).ended.finally(leave)
    },
    start: (...args) => start(args, directory, environment),
    dispose: () => rm(directory, { recursive: true, force: true }),
  }
}

function cleanEnvironment(): Record<string, string | undefined> {
  const identity = { GIT_AUTHOR_NAME: 'Test', GIT_AUTHOR_EMAIL: 'test@example.com' }
  const committer = { GIT_COMMITTER_NAME: 'Test', GIT_COMMITTER_EMAIL: 'test@example.com' }
  const { GITHUB_ACTIONS: _actions, CI: _ci, FORCE_COLOR: _color, ...rest } = process.env
  return { ...rest, ...identity, ...committer, GIT_CONFIG_GLOBAL: '/dev/null', NO_COLOR: '1' }
}

function start(args: string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  const ended = new Promise<Result>((done, reject) => {
    child.on('error', reject)
    child.on('close', code => done({ code: code ?? -1, ...said }))
  })
  return {
    ended,
    kill: signal => child.kill(signal),
    says: words =>
      new Promise((done, reject) => {
        const look = () => words.test(said.stderr) && done()
        child.stderr.on('data', look)
        child.on('close', () =>
          reject(new Error(`it ended without a word of ${words}: ${said.stderr}`)),
        )
        look()
      }),
  }
}
