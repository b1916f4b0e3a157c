import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { git } from './run.ts'

/** A scratch copy of this project in git, so that your checkout stays as it is. */
export interface Scratch {
  directory: string
  /** Edits an endpoint's file. */
  edit: (endpoint: string, change: (text: string) => string) => Promise<void>
  git: (...args: string[]) => Promise<void>
}

const PARTS = ['slipway.yaml', 'models.yaml', 'images.yaml', 'endpoints']
const AUTHOR = ['-c', 'user.name=demo', '-c', 'user.email=demo@example.com']

export async function withScratch(
  root: string,
  work: (scratch: Scratch) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-demo-'))
  const inCopy = (...args: string[]) => git(directory, ...AUTHOR, ...args)
  const edit: Scratch['edit'] = async (endpoint, change) => {
    const file = join(directory, 'endpoints', `${endpoint}.yaml`)
    await writeFile(file, change(await readFile(file, 'utf8')))
  }
  try {
    for (const part of PARTS) {
      await cp(join(root, part), join(directory, part), { recursive: true })
    }
    await inCopy('init', '--quiet')
    await inCopy('add', '--all')
    await inCopy('commit', '--quiet', '--message', 'As it is')
    await work({ directory, edit, git: inCopy })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
