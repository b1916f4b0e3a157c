import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import test from 'ava'
import { ownFiles, ownFolder } from '../../src/package/index.ts'
import { unpack } from '../../src/package/unpack.ts'
import { SlipwayError } from '../../src/problem/index.ts'

/** Where the package's own files are. That the single file finds them in itself is shown by test/e2e/single-file.test.ts. */

const ROOT = resolve(import.meta.dirname, '../..')
const cache = mkdtempSync(join(tmpdir(), 'slipway-cache-'))
process.env['XDG_CACHE_HOME'] = cache

test.after.always(() => rmSync(cache, { recursive: true, force: true }))

const FILES = [
  { path: 'a.yaml', text: 'a: 1\n' },
  { path: 'deep/b.yaml', text: 'b: 2\n' },
]

test('files of the package are read with their paths, in order', t => {
  const files = ownFiles('templates/github')
  t.true(files.some(({ path }) => path === 'workflows/apply.yml'))
  t.deepEqual(
    files.map(({ path }) => path),
    files.map(({ path }) => path).toSorted(),
  )
  const [first] = files
  const onDisk = readFileSync(join(ROOT, 'templates/github', first?.path ?? ''), 'utf8')
  t.is(first?.text, onDisk)
})

test('a folder of the package is where it is; one that is missing is a problem', t => {
  t.is(ownFolder('sandbox'), join(ROOT, 'sandbox'))
  const error = t.throws(() => ownFolder('no-such-folder'), { instanceOf: SlipwayError })
  t.regex(error.message, /the folder "no-such-folder" of the slipway package is missing/)
})

test('what is unpacked is whole, and mended where a file is missing or different', t => {
  const folder = unpack('material', FILES)
  const contents = () => FILES.map(({ path }) => readFileSync(join(folder, path), 'utf8'))
  t.deepEqual(contents(), ['a: 1\n', 'b: 2\n'])
  writeFileSync(join(folder, 'a.yaml'), 'a:')
  rmSync(join(folder, 'deep'), { recursive: true })
  t.is(unpack('material', FILES), folder)
  t.deepEqual(contents(), ['a: 1\n', 'b: 2\n'])
  t.deepEqual(readdirSync(folder).toSorted(), ['a.yaml', 'deep'])
})

test('other content is another folder: two versions do not disturb each other', t => {
  const other = unpack('material', [{ path: 'a.yaml', text: 'a: 2\n' }])
  t.not(other, unpack('material', FILES))
  t.is(readFileSync(join(other, 'a.yaml'), 'utf8'), 'a: 2\n')
  t.is(readFileSync(join(unpack('material', FILES), 'a.yaml'), 'utf8'), 'a: 1\n')
})

test('a cache that cannot be written is a problem with the way out', t => {
  const folder = dirname(unpack('blocked', FILES))
  rmSync(folder, { recursive: true })
  writeFileSync(folder, 'a file, where a folder is needed')
  const error = t.throws(() => unpack('blocked', FILES), { instanceOf: SlipwayError })
  rmSync(folder)
  t.regex(error.problems[0]?.remedy ?? '', /XDG_CACHE_HOME/)
  t.false(existsSync(folder))
})
