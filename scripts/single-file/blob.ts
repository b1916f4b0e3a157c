import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CHUNKS, NOTICES } from './assets.ts'
import { bundleProgram } from './bundle.ts'
import { HERE } from './node-binary.ts'
import { environment, makeProject, refuseTraces } from './snapshot.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const MAIN = 'main.cjs'
/**
 * Flags that only Node's start can take (docs/decisions/0125). Four helper threads get into each other's way on two cores. Each
 * collection looks through all that came with the snapshot: fewer of them, and none of the whole heap before it has grown. And what
 * V8 optimises in the first second is seldom run long enough to be worth it.
 */
const EXEC_ARGV = [
  '--v8-pool-size=1',
  '--min-semi-space-size=4',
  '--initial-heap-size=128',
  '--invocation-count-for-turbofan=30000',
]
const OWN_FILES = ['sandbox/**', 'schemas/**', 'templates/**', 'LICENSE']

export interface BlobOptions {
  /** The binary that the blob is for. */
  node: string
  platform: string
  /** For all that is written. */
  folder: string
}

/** What is put into Node's binary: the program and its assets, as Node's documentation of single executable applications says. */
export async function makeBlob(options: BlobOptions): Promise<string> {
  const { node, platform, folder } = options
  const chunks = await writeProgram(folder)
  // V8 takes a snapshot only from the same build of itself, so a file for another platform goes without.
  const useSnapshot = platform === HERE
  const config = {
    main: MAIN,
    output: 'slipway.blob',
    disableExperimentalSEAWarning: true,
    useSnapshot,
    execArgv: EXEC_ARGV,
    assets: { ...ownFiles(), ...chunks, [NOTICES]: NOTICES },
  }
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  makeProject(folder)
  execFileSync(
    useSnapshot ? node : process.execPath,
    ['--experimental-sea-config', 'config.json'],
    {
      cwd: folder,
      argv0: 'slipway',
      env: environment(folder),
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const blob = join(folder, config.output)
  refuseTraces(blob, folder)
  return blob
}

/** The chunks as assets: their names with their files. */
async function writeProgram(folder: string): Promise<Record<string, string>> {
  const { main, chunks, notices } = await bundleProgram()
  writeFileSync(join(folder, MAIN), main)
  writeFileSync(join(folder, NOTICES), notices)
  mkdirSync(join(folder, CHUNKS))
  const files = chunks.map(({ name, code }) => {
    const file = join(CHUNKS, name)
    writeFileSync(join(folder, file), code)
    return file
  })
  return Object.fromEntries(files.map(file => [file, file]))
}

function ownFiles(): Record<string, string> {
  const entries = globSync(OWN_FILES, { cwd: ROOT, withFileTypes: true })
  const files = entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
  return Object.fromEntries(files.map(file => [file.slice(ROOT.length + 1), file]))
}
