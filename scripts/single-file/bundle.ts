import { build, transform, type OutputFile } from 'esbuild'
import { basename } from 'node:path'
import { bundleOptions } from '../bundle-options.ts'

export interface Program {
  /** One script, which loads the chunks. */
  main: string
  chunks: readonly Chunk[]
  /** The notices of packages in it, which ask to be passed on. */
  notices: string
}

export interface Chunk {
  name: string
  code: string
}

/** yargs takes the folder that it is called in for its own where this names no package. */
const OWN_URL = '"file:///slipway/node_modules/slipway"'

/** The whole command line in the chunks of the npm package, as CommonJS: a snapshot has no module loader. */
export async function bundleProgram(): Promise<Program> {
  const files = await bundle({ in: 'scripts/single-file/entry.ts', out: 'entry' }, true)
  const [chunks, [loader]] = await Promise.all([
    Promise.all(files.filter(isCode).map(asCommonJs)),
    bundle({ in: 'scripts/single-file/loader.ts', out: 'loader' }, false),
  ])
  const notices = files.filter(({ path }) => path.endsWith('.LEGAL.txt')).map(({ text }) => text)
  return { main: mainOf(loader?.text ?? ''), chunks, notices: notices.join('\n') }
}

/** The loader's own. */
const REQUIRE = 'const require = process.getBuiltinModule;'

async function bundle(entry: { in: string; out: string }, splitting: boolean) {
  const { outputFiles } = await build({
    ...bundleOptions(),
    entryPoints: [entry],
    splitting,
    format: splitting ? 'esm' : 'cjs',
    chunkNames: '[name]-[hash]',
    outdir: 'single-file',
    legalComments: 'external',
    // Only the process that makes the snapshot reads the package's own files from the disk.
    banner: splitting ? {} : { js: REQUIRE },
    define: { 'import.meta.dirname': 'process.env.SLIPWAY_PACKAGE', 'import.meta.url': OWN_URL },
    write: false,
  })
  return outputFiles ?? []
}

/** A script in a script, since a snapshot keeps the path of what it was made of as long as any function of it is there. */
function mainOf(loader: string): string {
  const script = `process.getBuiltinModule('node:vm').Script`
  return `new (${script})(${JSON.stringify(loader)}, { filename: 'slipway/loader.js' }).runInThisContext()`
}

function isCode({ path }: OutputFile): boolean {
  return path.endsWith('.js')
}

async function asCommonJs({ path, text }: OutputFile): Promise<Chunk> {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    minify: true,
    // A chunk is no module to Node, so `import()` would find nothing that it could load with.
    supported: { 'dynamic-import': false },
  })
  return { name: basename(path), code }
}
