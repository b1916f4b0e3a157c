import { resolve } from 'node:path'
import type { BuildOptions } from 'esbuild'
import packageJson from '../package.json' with { type: 'json' }
import { dynamicImports } from './dynamic-imports.ts'
import { lazyRequires } from './lazy-requires.ts'

// Packages written as CommonJS call require for Node's own modules.
const REQUIRE =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"

const inChunks = { splitting: true, format: 'esm', banner: { js: REQUIRE } } as const

/** How the command line is bundled, for the package and for the single file alike. */
export function bundleOptions() {
  return {
    absWorkingDir: resolve(import.meta.dirname, '..'),
    bundle: true,
    metafile: true,
    platform: 'node',
    target: 'node24',
    // Shortened names are not kept: setting them on each closure takes a twentieth of what a command computes (docs/decisions/0032).
    minifyWhitespace: true,
    minifySyntax: true,
    minifyIdentifiers: true,
    plugins: [
      dynamicImports(),
      lazyRequires(
        { by: /node_modules\/cdk8s\/lib\//, of: /^(yaml|child_process|os|\.\/_child_process)$/ },
        // For help alone. It makes Unicode tables when it is loaded: a tenth of what validating five endpoints takes.
        { by: /node_modules\/(yargs|cliui|wrap-ansi)\//, of: /^string-width$/ },
      ),
    ],
    logLevel: 'warning',
  } satisfies BuildOptions
}

/** The package's command line: what it imports lazily stays a chunk of its own. */
export function commandLineBundle() {
  return {
    ...bundleOptions(),
    ...inChunks,
    entryPoints: [{ in: 'src/cli/main.ts', out: 'main' }],
    outdir: 'dist/cli',
    sourcemap: 'external',
    chunkNames: 'chunks/[name]-[hash]',
  } satisfies BuildOptions
}

/** The library, with all it imports but the package's dependencies: programs of users share those with it. */
export function libraryBundle() {
  return {
    ...bundleOptions(),
    ...inChunks,
    // So that a stack trace of a user's program names our functions, and an error its class.
    minifyIdentifiers: false,
    keepNames: true,
    external: Object.keys(packageJson.dependencies),
    entryPoints: { 'src/index': 'src/index.ts', 'charts/index': 'charts/index.ts' },
    outdir: 'dist',
    chunkNames: 'src/chunks/[name]-[hash]',
  } satisfies BuildOptions
}
