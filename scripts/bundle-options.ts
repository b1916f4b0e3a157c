import { resolve } from 'node:path'
import type { BuildOptions } from 'esbuild'
import { dynamicImports } from './dynamic-imports.ts'
import { lazyRequires } from './lazy-requires.ts'

/** How the command line is bundled, for the package and for the single file alike. */
export function bundleOptions(): BuildOptions {
  return {
    absWorkingDir: resolve(import.meta.dirname, '..'),
    bundle: true,
    metafile: true,
    platform: 'node',
    target: 'node24',
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
    logLevel: 'warning',
  }
}
