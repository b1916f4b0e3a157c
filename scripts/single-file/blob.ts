import { execFileSync } from 'node:child_process'
import { globSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CACHE, NOTICES, SOURCE } from './assets.ts'
import { bundleCode, bundleEntry } from './bundle.ts'
import { HERE } from './node-binary.ts'

const ROOT = resolve(import.meta.dirname, '../..')
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
  const inFolder = (name: string) => join(options.folder, name)
  const { code, notices } = await bundleCode()
  writeFileSync(inFolder(SOURCE), code)
  writeFileSync(inFolder(NOTICES), notices)
  writeFileSync(inFolder('entry.cjs'), await bundleEntry())
  const config = {
    main: inFolder('entry.cjs'),
    output: inFolder('slipway.blob'),
    disableExperimentalSEAWarning: true,
    assets: {
      ...ownFiles(),
      [SOURCE]: inFolder(SOURCE),
      [NOTICES]: inFolder(NOTICES),
      ...codeCache(options),
    },
  }
  writeFileSync(inFolder('config.json'), JSON.stringify(config))
  const maker = options.platform === HERE ? options.node : process.execPath
  run(maker, ['--experimental-sea-config', inFolder('config.json')])
  return config.output
}

function ownFiles(): Record<string, string> {
  const entries = globSync(OWN_FILES, { cwd: ROOT, withFileTypes: true })
  const files = entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
  return Object.fromEntries(files.map(file => [file.slice(ROOT.length + 1), file]))
}

/** V8 takes a cache only from the same build of itself, so a file for another platform goes without. */
function codeCache({ node, platform, folder }: BlobOptions): Record<string, string> {
  if (platform !== HERE) return {}
  const cache = join(folder, CACHE)
  const warmUp = [join(import.meta.dirname, 'warm-up.ts'), join(folder, SOURCE), cache]
  run(node, warmUp)
  run(node, [...warmUp, '--check'])
  return { [CACHE]: cache }
}

function run(command: string, args: string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
}
