import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { bundledPackages, licensesOf } from './bundled-packages.ts'
import { commandLineBundle, libraryBundle } from './bundle-options.ts'
import { keepPublicTypes } from './public-types.ts'

/**
 * dist/src and dist/charts: the library in a few chunks, and its public types.
 * dist/cli: the command line in a few chunks, so that it starts fast.
 * Its maps lead from the line and column of a report to the sources; not published.
 * dist/licenses.txt: those of the packages that are in either.
 * dist/bundle.json: which files are in which chunk, for tests; not published.
 */

const ROOT = resolve(import.meta.dirname, '..')

rmSync(resolve(ROOT, 'dist'), { recursive: true, force: true })
writeTypes()
await build(libraryBundle())
const { metafile } = await build(commandLineBundle())
write('bundle.json', JSON.stringify(metafile))
// The library imports nothing that the command line does not.
write('licenses.txt', licensesOf(bundledPackages(metafile)))

function writeTypes(): void {
  const tsc = resolve(ROOT, 'node_modules/typescript/bin/tsc')
  const args = [tsc, '-p', 'tsconfig.build.json']
  execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
  keepPublicTypes(resolve(ROOT, 'dist'), ['src/index.d.ts', 'charts/index.d.ts'])
}

function write(file: string, text: string): void {
  writeFileSync(resolve(ROOT, 'dist', file), `${text}\n`)
}
