import { writeInside } from '../files/index.ts'
import { repositoryPaths, type Checkout } from './checkout.ts'
import { commitChanges } from './commit-changes.ts'
import type { Commit } from './history.ts'
import { git } from './run.ts'

export interface FileEdit {
  /** Of the project, as it is in HEAD. */
  path: string
  /** What it is to hold. */
  text: string
  message: string
}

/** One commit that changes one file of the project. */
export async function edit(checkout: Checkout, { path, text, message }: FileEdit): Promise<Commit> {
  const paths = [path]
  return commitChanges(checkout, {
    message,
    paths,
    files: paths,
    change: async () => {
      const [inRepository = path] = repositoryPaths(checkout, paths)
      await writeInside({ folder: checkout.root, path: inRepository, text })
      await git(checkout.root, ['--literal-pathspecs', 'add', '--', inRepository])
    },
  })
}
