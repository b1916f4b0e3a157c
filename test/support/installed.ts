import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Metafile } from 'esbuild'

/** The package as users get it: packed, and installed into an empty folder. test/run.ts does so once, for all tests. */
export interface Installed {
  tarball: string
  /** A user's project, in whose node_modules the package is. */
  consumer: string
  /** The package in it. */
  package: string
  /** What esbuild says of the command line: which files are in which chunk. */
  bundle: string
}

const ROOT = resolve(import.meta.dirname, '../..')
const INSTALLED = 'SLIPWAY_TEST_INSTALLED'
/** Of the checkout, what a clone would not have. */
const LEFT_OUT = new Set([
  '.git',
  'coverage',
  'dist',
  'image',
  'manifests',
  'node_modules',
  'release',
])

/** How test/run.ts tells test files of it. */
export function installedEnvironment(installed: Installed): Record<string, string> {
  return { [INSTALLED]: JSON.stringify(installed) }
}

/** Undefined when a test file is run by hand. */
export function installedPackage(): Installed | undefined {
  const text = process.env[INSTALLED]
  return text === undefined ? undefined : JSON.parse(text)
}

/** Which chunks of the command line hold which files. */
export function readBundle({ bundle }: Installed): Metafile {
  return JSON.parse(readFileSync(bundle, 'utf8'))
}

/** Packs a copy, so that a build in the checkout is left alone, and installs the tarball below `folder`. */
export function installPackage(folder: string): Installed {
  return packAndInstall(copyCheckout(folder), folder)
}

/** What is in the work tree, with the packages of the checkout. */
export function copyCheckout(folder: string): string {
  const copy = join(folder, 'copy')
  for (const part of readdirSync(ROOT).filter(name => !LEFT_OUT.has(name)))
    cpSync(join(ROOT, part), join(copy, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

export function packAndInstall(copy: string, folder: string): Installed {
  npm(['pack', '--pack-destination', folder], copy)
  const { name } = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'))
  const tarball = join(folder, readdirSync(folder).find(file => file.endsWith('.tgz')) ?? '')
  const consumer = join(folder, 'consumer')
  mkdirSync(consumer)
  const manifest = { name: 'consumer', version: '1.0.0', type: 'module' }
  writeFileSync(join(consumer, 'package.json'), JSON.stringify(manifest))
  npm(
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', tarball],
    consumer,
  )
  const bundle = join(copy, 'dist/bundle.json')
  return { tarball, consumer, package: join(consumer, 'node_modules', name), bundle }
}

/** With the Node that runs the tests. */
function npm(args: string[], cwd: string): void {
  const PATH = `${dirname(process.execPath)}:${process.env['PATH']}`
  execFileSync('npm', [...args, '--silent'], { cwd, stdio: 'pipe', env: { ...process.env, PATH } })
}
