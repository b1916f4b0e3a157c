import { join, posix } from 'node:path'
import type { Repository } from '../git/index.ts'
import type { Problem } from '../problem/index.ts'
import { openProject } from '../project/index.ts'
import { PROJECT_FILE, projectName, type Source } from '../spec/index.ts'

export interface Sides {
  repository: Repository
  /** The project's, on the newer side. */
  directory: string
  /** Its name there. */
  project: string
  from: string
  /** Undefined for the work tree. */
  to: string | undefined
}

/** A project as it was at a revision, where it was then: its folder may have been moved since. */
export async function olderSource(
  sides: Sides,
): Promise<{ source: Source; problems: readonly Problem[] }> {
  const { repository, directory, from } = sides
  const source = await repository.sourceAt(from, directory)
  if ((await source.read(PROJECT_FILE)) !== undefined) return { source, problems: [] }
  const [folder, ...others] = await earlierFolders(sides)
  // Of several nobody knows which it was.
  if (folder === undefined || others.length > 0) return { source, problems: [] }
  const before = await repository.sourceAt(from, join(repository.root, folder))
  return { source: before, problems: [moved(sides, folder)] }
}

/** Folders of projects of the same name that the newer side does not have there any more. */
async function earlierFolders({ repository, project, from, to }: Sides): Promise<string[]> {
  const folders = (await repository.filesNamed(from, PROJECT_FILE)).map(path => posix.dirname(path))
  const found = await Promise.all(
    folders.map(async folder => {
      const place = join(repository.root, folder)
      const isOfName = (await projectName(await repository.sourceAt(from, place))) === project
      return isOfName && !(await isThere({ repository, place, to })) ? [folder] : []
    }),
  )
  return found.flat()
}

async function isThere({
  repository,
  place,
  to,
}: Pick<Sides, 'repository' | 'to'> & { place: string }): Promise<boolean> {
  const now = await (to === undefined ? openProject(place) : repository.sourceAt(to, place))
  return (await now.read(PROJECT_FILE)) !== undefined
}

function moved({ project, from }: Sides, folder: string): Problem {
  const where = folder === '.' ? 'at the top of the repository' : `in ${folder}/`
  return {
    code: 'project-moved',
    severity: 'warning',
    message: `the project ${project} was ${where} at ${from}: it is compared with what it was there`,
    cause: 'Its folder was moved since.',
    remedy: 'Check what refers to its paths: pipelines, owners of code, and engines that apply it.',
  }
}
