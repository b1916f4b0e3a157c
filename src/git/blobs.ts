import { setImmediate } from 'node:timers/promises'
import { failure } from '../problem/index.ts'
import { catFiles } from './run.ts'

export interface BlobReader {
  /** Hashes that will probably be read: they come with the next read, in the same process. */
  expect: (hashes: readonly string[]) => void
  read: (hash: string) => Promise<Uint8Array>
}

type Batch = Map<string, Uint8Array>

/** Reads blobs in batches: all that is asked for in one turn, with all that is expected, is one process. */
export function blobReader(root: string): BlobReader {
  const expected = new Set<string>()
  const batchOf = new Map<string, Promise<Batch>>()
  let next: { hashes: string[]; batch: Promise<Batch> } | undefined

  const begin = () => {
    const hashes: string[] = []
    const batch = setImmediate().then(async () => {
      next = undefined
      return parseBatch(await catFiles(root, hashes))
    })
    return { hashes, batch }
  }
  const request = (hash: string): Promise<Batch> => {
    next ??= begin()
    for (const each of [hash, ...expected]) {
      next.hashes.push(each)
      batchOf.set(each, next.batch)
    }
    expected.clear()
    return next.batch
  }
  return {
    expect: hashes => {
      for (const hash of hashes) if (!batchOf.has(hash)) expected.add(hash)
    },
    read: async hash => {
      expected.delete(hash)
      const batch = await (batchOf.get(hash) ?? request(hash))
      return contentOf(batch, hash)
    },
  }
}

const NEWLINE = 10

/** `HASH blob SIZE\n`, the bytes, `\n`, and so on. What is missing (a broken clone) is `HASH missing\n`. */
export function parseBatch(output: Uint8Array): Batch {
  const found: Batch = new Map()
  const decoder = new TextDecoder()
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(NEWLINE, at)
    const [hash = '', type, size] = decoder.decode(output.subarray(at, end)).split(' ')
    at = end + 1
    if (type !== 'blob') continue
    found.set(hash, output.subarray(at, at + Number(size)))
    at += Number(size) + 1
  }
  return found
}

function contentOf(batch: Batch, hash: string): Uint8Array {
  const content = batch.get(hash)
  if (content !== undefined) return content
  throw failure('git-failed', `the repository has lost object ${hash}`, {
    remedy: 'Run "git fsck" to see what is damaged; a fresh clone repairs it.',
  })
}
