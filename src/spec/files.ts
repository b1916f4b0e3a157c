import { SlipwayError, problemWith, type Problem } from '../problem/index.ts'
import type { Source } from './source.ts'
import { isSpecFile } from './tree/spec-file.ts'
import { readYaml, type YamlFile } from './yaml/file.ts'

/** Reads and parses one file; undefined when there is none. `file` is absent when it could not be read as YAML. */
export async function readFile(
  source: Source,
  path: string,
): Promise<{ file?: YamlFile; problems: Problem[] } | undefined> {
  const { bytes, problems } = await readBytes(source, path)
  if (problems.length > 0) return { problems }
  if (bytes === undefined) return undefined
  const read = await readYaml(path, bytes)
  return read.problems.length > 0 ? { problems: read.problems } : read
}

async function readBytes(
  source: Source,
  path: string,
): Promise<{ bytes?: Uint8Array | undefined; problems: Problem[] }> {
  try {
    return { bytes: await source.read(path), problems: [] }
  } catch (error) {
    return { problems: problemsOf(error) }
  }
}

/** What is wrong with a file is told with all the others. That git cannot read says nothing of the file, nor of the project. */
function problemsOf(error: unknown): Problem[] {
  const problems = error instanceof SlipwayError ? error.problems : []
  if (problems.length === 0 || problems.some(({ code }) => code === 'git-failed')) throw error
  return [...problems]
}

/** A file that was listed and is not there when it is read: never one less. */
export function goneFile(path: string): Problem {
  return problemWith({
    code: 'unreadable-file',
    place: { file: path, line: 1, column: 1 },
    message: `${path} cannot be read: it leads nowhere`,
  })
}

/** Paths of YAML files below a folder; hidden ones are left out. */
export async function listYaml(
  source: Source,
  folder: string,
): Promise<{ paths: string[]; problems: Problem[] }> {
  try {
    const paths = await source.list(folder)
    const isRead = (path: string) => isSpecFile(path.slice(folder.length))
    return {
      paths: paths.filter(isRead),
      problems: paths.filter(path => !isRead(path) && isToldUnread(path)).map(unread),
    }
  } catch (error) {
    return { paths: [], problems: problemsOf(error) }
  }
}

/** kubectl takes manifests in JSON, too. */
export function isToldUnread(path: string): boolean {
  return /(^|\/|\.)objects\/.*\.json$/i.test(path) && !/(^|\/)\./.test(path)
}

function unread(path: string): Problem {
  return {
    code: 'document-kind',
    severity: 'warning',
    place: { file: path, line: 1, column: 1 },
    message: `${path} is not read: only files whose names end in .yaml or .yml are`,
    remedy: 'Rename it: JSON is YAML, too.',
  }
}
