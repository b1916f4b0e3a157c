import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { dynamicImports } from './dynamic-imports.ts'
import { lazyRequires } from './lazy-requires.ts'

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
    absWorkingDir: ROOT,
    entryPoints: [{ in: 'src/cli/main.ts', out: 'main' }],
    outdir: 'dist/cli',
    bundle: true,
    metafile: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    chunkNames: 'chunks/[name]-[hash]',
    minify: true,
    keepNames: true,
    plugins: [
      dynamicImports(),
      lazyRequires(
        { by: /node_modules\/cdk8s\/lib\//, of: /^(yaml|child_process|os|\.\/_child_process)$/ },
        // For help alone. It makes Unicode tables when it is loaded: a tenth of what validating five endpoints takes.
        { by: /node_modules\/(yargs|cliui|wrap-ansi)\//, of: /^string-width$/ },
      ),
    ],
    banner: { js: REQUIRE },
    logLevel: 'warning',
  })
  writeFileSync(resolve(ROOT, 'dist/bundle.json'), JSON.stringify(metafile))
}
