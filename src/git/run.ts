import type { SimpleGit, SimpleGitOptions } from 'simple-git'
import { failure, type SlipwayError } from '../problem/index.ts'
import { keptVariables } from './environment.ts'

export interface GitResult {
  exitCode: number
  stdout: string
  stderr: string
}

export interface RunOptions {
  /** Written to the command's standard input. */
  input?: string
  /** Configuration for this command only: `core.hooksPath=/dev/null`. */
  config?: string[]
  /** Ends a command that writes nothing for so long. */
  silentMs?: number
}

/** Runs one git command and resolves whatever its exit code; nothing of its messages is parsed, so any locale will do. */
export async function tryGit(
  directory: string,
  args: string[],
  options: RunOptions = {},
): Promise<GitResult> {
  const { result, run } = await prepare(directory, options)
  const stdout = await run(instance => instance.raw(args))
  return { ...result(), stdout }
}

/** As tryGit, but a failing command is a SlipwayError. */
export async function git(
  directory: string,
  args: string[],
  options: RunOptions = {},
): Promise<string> {
  const result = await tryGit(directory, args, options)
  if (result.exitCode !== 0) throw gitFailed(args, result)
  return result.stdout
}

/** A commit's files, author and parents are those that its hash stands for, whatever `git replace` says in this clone. */
const NO_REPLACEMENTS = 'core.useReplaceRefs=false'

/** One `git cat-file` for all that the lines ask for; the bytes as it writes them. */
export async function catFiles(
  directory: string,
  args: string[],
  lines: readonly string[],
): Promise<Buffer> {
  const input = `${lines.join('\n')}\n`
  const { result, run } = await prepare(directory, { input })
  const bytes = await run((instance): Promise<Buffer> => instance.binaryCatFile(args))
  const { exitCode, stderr } = result()
  if (exitCode !== 0) throw gitFailed(['cat-file'], { exitCode, stderr, stdout: '' }, UNREAD)
  return bytes
}

const UNREAD =
  'A partial clone fetches what it lacks from its remote, which must be reachable; else run "git fsck" to see what is damaged.'

export function gitFailed(
  args: readonly string[],
  { exitCode, stderr }: GitResult,
  remedy?: string,
): SlipwayError {
  const command = args.find(arg => !arg.startsWith('-')) ?? ''
  if (exitCode < 0) {
    return failure('git-failed', `git could not be started for "git ${command}"`, {
      cause: stderr.trim().split('\n', 1)[0] ?? '',
      remedy: 'Install git (2.30 or newer), and make sure that it is on the PATH.',
    })
  }
  return failure('git-failed', `"git ${command}" failed with exit code ${exitCode}`, {
    cause: stderr.trim(),
    ...(remedy !== undefined && { remedy }),
  })
}

/** An instance for one command: simple-git cancels what is queued behind a failure, and takes its input per instance. */
async function prepare(directory: string, { input, config = [], silentMs }: RunOptions) {
  const { simpleGit } = await import('simple-git')
  let exitCode = 0
  let stderr = ''
  const options: Partial<SimpleGitOptions> = {
    baseDir: directory,
    // Only `close` says that all output was read; the default gives up 50 ms after `exit`.
    completion: { onClose: true, onExit: false },
    allowEnvironment: keptVariables(),
    unsafe: { allowUnsafeHooksPath: true },
    // Keeps what simple-git would throw away: the exit code, also of a command that fails silently.
    errors(_error, ended) {
      exitCode = ended.exitCode
      stderr = Buffer.concat(ended.stdErr).toString()
      return undefined
    },
    config: [NO_REPLACEMENTS, ...config],
    ...(silentMs !== undefined && { timeout: { block: silentMs } }),
    ...(input !== undefined && { input: () => input }),
  }
  return {
    run: <T>(command: (instance: SimpleGit) => Promise<T>) =>
      command(simpleGit(options).outputHandler(endAtOnce)),
    result: () => ({ exitCode, stderr }),
  }
}

/** Of a command that writes nothing, simple-git would wait 50 ms longer for its first byte: an empty chunk is one. */
function endAtOnce(_command: string, stdout: NodeJS.ReadableStream): void {
  stdout.on('end', () => stdout.emit('data', Buffer.alloc(0)))
}
