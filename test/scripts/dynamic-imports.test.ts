import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'ava'
import { build } from 'esbuild'
import { dynamicImports } from '../../scripts/dynamic-imports.ts'

/** Packages that a bundled program imports lazily give what they give in Node. */

const folder = mkdtempSync(join(tmpdir(), 'slipway-bundle-'))
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

const SHAPES: Record<string, Record<string, string>> = {
  'CommonJS with named exports': { 'index.js': `exports.one = 1\nexports.two = () => 2` },
  'CommonJS that is a function': { 'index.js': `module.exports = () => 1` },
  'CommonJS compiled from an ES module': {
    'index.js': `Object.defineProperty(exports, '__esModule', { value: true })
exports.default = 1\nexports.one = 2`,
  },
  'CommonJS with a name that is a word of the language': { 'index.js': `exports.delete = 3` },
  'CommonJS that passes on another file': {
    'index.js': `Object.assign(exports, require('./other.js'))\nexports.one = 1`,
    'other.js': `exports.two = 2`,
  },
  'an ES module': {
    'index.js': `export const one = 1\nexport default 2`,
    'package.json': `{"type": "module", "main": "index.js"}`,
  },
}

for (const [shape, files] of Object.entries(SHAPES)) {
  test(`${shape} has the same names and values as in Node`, async t => {
    const place = project(shape, files)
    await bundle(place)
    t.deepEqual(run(place, 'dist/main.js'), run(place, 'main.mjs'))
  })
}

test('a package whose names cannot be had fails the build', async t => {
  const place = project('passes on', {
    'package.json': `{"type": "module", "main": "index.js"}`,
    'index.js': `export * from './other.cjs'`,
    'other.cjs': `exports.one = 1`,
  })
  const error = await t.throwsAsync(bundle(place))
  t.regex(error?.message ?? '', /import\('.*index\.js'\) lacks in the bundle: .*one/)
})

const MAIN = `const names = await import('some')
const told = Object.entries(names).map(([name, value]) => [name, typeof value, String(value)])
console.log(JSON.stringify(told.sort()))`

function project(name: string, files: Record<string, string>): string {
  const place = join(folder, name)
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(place, path)), { recursive: true })
    writeFileSync(join(place, path), text)
  }
  write('main.mjs', MAIN)
  write('dist/package.json', '{"type": "module"}')
  write('node_modules/some/package.json', '{"main": "index.js"}')
  for (const [path, text] of Object.entries(files)) write(`node_modules/some/${path}`, text)
  return place
}

async function bundle(place: string): Promise<void> {
  await build({
    absWorkingDir: place,
    entryPoints: ['main.mjs'],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    plugins: [dynamicImports()],
    logLevel: 'silent',
  })
}

function run(place: string, file: string): unknown {
  return JSON.parse(execFileSync(process.execPath, [join(place, file)], { encoding: 'utf8' }))
}
