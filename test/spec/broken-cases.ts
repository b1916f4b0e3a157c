import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** The corpus of broken specs (broken/README.md): each with the one sentence that it must lead to. */
export interface BrokenCase {
  name: string
  /** Of a whole project, by path. */
  files: ReadonlyMap<string, Uint8Array>
  expected: Expected
}

export interface Expected {
  /** `file:line:column`; a file alone where the problem has no line. */
  place: string
  code: string
  message: string
  remedy: string | undefined
  /** By loading the specs, or only in the objects rendered from them. */
  foundIn: 'spec' | 'objects'
}

const FOLDER = join(import.meta.dirname, 'broken')

export async function brokenCases(): Promise<BrokenCase[]> {
  const names = await readdir(FOLDER)
  const base = await readFolder(join(FOLDER, 'project'))
  const cases = names.filter(name => name.endsWith('.expected')).map(name => name.slice(0, -9))
  return Promise.all(cases.toSorted().map(name => readCase(name, base)))
}

async function readCase(name: string, base: ReadonlyMap<string, Uint8Array>): Promise<BrokenCase> {
  const own = await readFile(join(FOLDER, `${name}.yaml`)).then(
    bytes => new Map([[`endpoints/${name}.yaml`, bytes]]),
    () => readFolder(join(FOLDER, name)),
  )
  const expected = parseExpected(await readFile(join(FOLDER, `${name}.expected`), 'utf8'))
  return { name, files: new Map([...base, ...own]), expected }
}

async function readFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile())
  const read = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name)
    return [path.slice(folder.length + 1), new Uint8Array(await readFile(path))] as const
  })
  return new Map(await Promise.all(read))
}

function parseExpected(text: string): Expected {
  const [place = '', code = '', message = '', ...more] = text.trimEnd().split('\n')
  const field = (name: string) =>
    more.find(line => line.startsWith(`${name}: `))?.slice(name.length + 2)
  const foundIn = field('found in') === 'objects' ? 'objects' : 'spec'
  return { place, code, message, remedy: field('do'), foundIn }
}

/** Makes the project of a case on disk, for the command line. */
export async function writeCase({ files }: BrokenCase, directory: string): Promise<void> {
  for (const [path, bytes] of files) {
    const file = join(directory, path)
    // oxlint-disable-next-line no-await-in-loop
    await mkdir(dirname(file), { recursive: true })
    // oxlint-disable-next-line no-await-in-loop
    await writeFile(file, bytes)
  }
}
