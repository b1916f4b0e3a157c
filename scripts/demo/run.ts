import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

const CLI = resolve(import.meta.dirname, '../../src/cli/main.ts')

/** Runs slipway as a user would, on this terminal; the demo ends where it fails. */
export async function slipway(directory: string, ...args: string[]): Promise<void> {
  const code = await run(process.execPath, [CLI, ...args], directory)
  if (code !== 0) process.exit(code)
}

export async function git(directory: string, ...args: string[]): Promise<void> {
  const code = await run('git', args, directory)
  if (code !== 0) throw new Error(`git ${args[0]} failed in the demo's scratch copy`)
}

function run(command: string, args: string[], cwd: string): Promise<number> {
  return new Promise((done, reject) => {
    const child = spawn(command, args, { cwd, stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', code => done(code ?? 1))
  })
}
