import type { Recorded } from '../spec/index.ts'
import { records } from './changes.ts'
import { findCheckout } from './checkout.ts'
import { git } from './run.ts'

/** Links and submodules of the index, by path from the root: a work tree may show them as plain files and empty folders. */
export async function recordedIn(directory: string): ReturnType<Recorded> {
  const { root } = await findCheckout(directory)
  const text = await git(root, ['ls-files', '--stage', '-z', '--full-name'])
  return new Map(records(text).flatMap(recordedEntry))
}

/** `120000 HASH 0<tab>path`: a link; mode 160000 is a submodule. */
function recordedEntry(record: string): [path: string, type: 'link' | 'repository'][] {
  const path = record.slice(record.indexOf('\t') + 1)
  if (record.startsWith('120000 ')) return [[path, 'link']]
  return record.startsWith('160000 ') ? [[path, 'repository']] : []
}
