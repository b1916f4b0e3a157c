import type { Recorded, Source } from '../spec/index.ts'

/** The files of a project: as they are on disk, or at a revision. git is asked only where the disk does not show what they are. */
export async function openProject(directory: string, revision?: string): Promise<Source> {
  if (revision !== undefined) {
    const { openRepository } = await import('../git/index.ts')
    return (await openRepository(directory)).sourceAt(revision, directory)
  }
  const { openFolder } = await import('../spec/index.ts')
  let asked: ReturnType<Recorded> | undefined
  const ask = async () => {
    const { recordedIn } = await import('../git/index.ts')
    return recordedIn(directory)
  }
  return openFolder(directory, { recorded: () => (asked ??= ask()) })
}
