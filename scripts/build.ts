import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { bundleOptions } from './bundle-options.ts'

/**
 * dist/src and dist/charts: the library, compiled file by file with its types.
 * dist/cli: the command line with all it imports in a few chunks, so that it starts fast; what a command
 * imports lazily stays a chunk of its own.
 * dist/bundle.json: which files are in which chunk, for tests; not published.
 */

const ROOT = resolve(import.meta.dirname, '..')

// Packages written as CommonJS call require for Node's own modules.
const REQUIRE =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"

rmSync(resolve(ROOT, 'dist'), { recursive: true, force: true })
compileLibrary()
await bundleCommandLine()

function compileLibrary(): void {
  const tsc = resolve(ROOT, 'node_modules/typescript/bin/tsc')
  const args = [tsc, '-p', 'tsconfig.build.json']
  execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
}

async function bundleCommandLine(): Promise<void> {
  const { metafile } = await build({
    ...bundleOptions(),
    entryPoints: [{ in: 'src/cli/main.ts', out: 'main' }],
    outdir: 'dist/cli',
    splitting: true,
    format: 'esm',
    chunkNames: 'chunks/[name]-[hash]',
    banner: { js: REQUIRE },
  })
  writeFileSync(resolve(ROOT, 'dist/bundle.json'), JSON.stringify(metafile))
}
