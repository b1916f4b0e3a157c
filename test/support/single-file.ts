import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { installedPackage } from './installed.ts'

const SCRIPT = resolve(import.meta.dirname, '../../scripts/build-single-file.ts')

/**
 * The executable file of this platform, built once for all test files: beside the installed package, or, for a test file that is run by
 * hand, in a folder of this process.
 */
export async function singleFile(): Promise<string> {
  const installed = installedPackage()
  const folder = installed ? dirname(installed.tarball) : join(tmpdir(), `slipway-${process.pid}`)
  const file = join(folder, 'slipway-single-file')
  mkdirSync(folder, { recursive: true })
  if (!installed) process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  if (isFirst(`${file}.building`)) build(file)
  // It appears by being renamed.
  while (!existsSync(file)) {
    if (existsSync(failed(file)))
      throw new Error('it could not be built: another test file says why')
    await setTimeout(100)
  }
  return file
}

function build(file: string): void {
  try {
    execFileSync(process.execPath, [SCRIPT, '--out', file], { stdio: 'pipe' })
  } catch (error) {
    writeFileSync(failed(file), '')
    throw error
  }
}

function failed(file: string): string {
  return `${file}.failed`
}

/** Test files run side by side, in threads. */
function isFirst(mark: string): boolean {
  try {
    mkdirSync(mark)
    return true
  } catch {
    return false
  }
}
