import { spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'
import { failure } from '../problem/index.ts'

export interface Command {
  file: string
  args?: readonly string[]
  cwd?: string
  env?: Record<string, string | undefined>
  /** Given to the command on stdin. */
  input?: string
  signal?: AbortSignal | undefined
}

/** Runs a command and gives its stdout. Throws a SlipwayError with the end of its output, or the abort reason. */
export async function runCommand(command: Command): Promise<string> {
  command.signal?.throwIfAborted()
  const { code, stdout, stderr } = await collect(command)
  command.signal?.throwIfAborted()
  if (code === 0) return stdout
  const name = path.basename(command.file)
  throw failure('sandbox', `${name} ${(command.args ?? []).slice(0, 2).join(' ')} failed`, {
    // kwokctl and Go give their reason in either.
    cause: [stdout, stderr].map(lastLines).filter(Boolean).join('\n'),
  })
}

/** How long the rest of the output may take on a busy machine after the command has ended. */
const STREAMS_AFTER_EXIT_MS = 1000

interface Outcome {
  code: number | null
  stdout: string
  stderr: string
}

function collect({ file, args = [], cwd, env, input, signal }: Command) {
  return new Promise<Outcome>((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: 'pipe',
    })
    const kill = () => void child.kill()
    signal?.addEventListener('abort', kill, { once: true })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', error => reject(cannotRun(file, error)))
    child.on('close', code => resolve({ code, stdout, stderr }))
    // A started server may keep our pipes open, so the streams are not waited for without end.
    child.on('exit', code => {
      signal?.removeEventListener('abort', kill)
      setTimeout(() => resolve({ code, stdout, stderr }), STREAMS_AFTER_EXIT_MS).unref()
    })
    child.stdin.on('error', () => {})
    child.stdin.end(input ?? '')
  })
}

function cannotRun(file: string, error: Error) {
  return failure('sandbox', `${file} cannot be run`, { cause: error.message, error })
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-6).map(readable).join('\n')
}

// kwokctl logs JSON with a page of context in each line.
function readable(line: string): string {
  try {
    const entry: { msg?: string; err?: string } = JSON.parse(line)
    if (entry.msg === undefined) return line
    return entry.err === undefined ? entry.msg : `${entry.msg}: ${entry.err}`
  } catch {
    return line
  }
}

/** The executable of that name in the folders, or undefined. */
export function findExecutable(name: string, folders = pathFolders()): string | undefined {
  return folders.map(folder => path.join(folder, name)).find(isExecutable)
}

export function pathFolders(): string[] {
  return (process.env['PATH'] ?? '').split(path.delimiter).filter(folder => folder !== '')
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
