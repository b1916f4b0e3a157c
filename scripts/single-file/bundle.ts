import { build } from 'esbuild'
import type { BuildOptions } from 'esbuild'
import { bundleOptions } from '../bundle-options.ts'
import { PARAMETERS } from './code.ts'

export interface Bundle {
  code: string
  /** The notices of packages in it, which ask to be passed on. */
  notices: string
}

/** The whole command line as one function; what a command imports lazily is still evaluated when it is asked for. */
export async function bundleCode(): Promise<Bundle> {
  return bundle({
    entryPoints: ['src/cli/run.ts'],
    banner: { js: `(function (${PARAMETERS.join(', ')}) {` },
    footer: { js: '})' },
    define: { 'import.meta.dirname': '__dirname', 'import.meta.url': '__url' },
  })
}

/** What starts it. */
export async function bundleEntry(): Promise<string> {
  const { code } = await bundle({ entryPoints: ['scripts/single-file/entry.ts'] })
  return code
}

async function bundle(options: BuildOptions): Promise<Bundle> {
  const { outputFiles = [] } = await build({
    ...bundleOptions(),
    format: 'cjs',
    // A function of its own is no module, so `import()` would find nothing that it could load with.
    supported: { 'dynamic-import': false },
    outdir: 'single-file',
    legalComments: 'external',
    write: false,
    ...options,
  })
  const textOf = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? ''
  return { code: plainAscii(textOf('.js')), notices: textOf('.LEGAL.txt') }
}

/** entry.ts reads it as Latin-1. What esbuild leaves as it is are regular expressions, which know the same escapes. */
function plainAscii(code: string): string {
  const escaped = (unit: string) =>
    String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return code.replaceAll(/[^\0-\x7f]/g, escaped)
}
