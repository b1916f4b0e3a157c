import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { failure } from '../problem/index.ts'
import { catFiles } from './run.ts'

/** A file of a tree. */
export interface Blob {
  path: string
  hash: string
}

export interface BlobReader {
  /** Those that will probably be read: they come with the next read, in the same process. */
  expect: (blobs: readonly Blob[]) => void
  read: (blob: Blob) => Promise<Uint8Array>
}

type Batch = Map<string, Uint8Array>

interface Reading {
  /** As a checkout would write the file: with the filters and line ends that the attributes of its path name. */
  isFiltered: boolean
}

/** Reads blobs in batches: all that is asked for in one turn, with all that is expected, is one process. */
export function blobReader(root: string, reading: Reading): BlobReader {
  const expected = new Map<string, Blob>()
  const batchOf = new Map<string, Promise<Batch>>()
  let next: { blobs: Blob[]; batch: Promise<Batch> } | undefined

  const begin = () => {
    const blobs: Blob[] = []
    const batch = setImmediate().then(async () => {
      next = undefined
      return readBatch(root, blobs, reading)
    })
    return { blobs, batch }
  }
  const request = (blob: Blob): Promise<Batch> => {
    next ??= begin()
    expected.set(keyOf(blob), blob)
    for (const [key, each] of expected) {
      next.blobs.push(each)
      batchOf.set(key, next.batch)
    }
    expected.clear()
    return next.batch
  }
  return {
    expect: blobs => {
      for (const blob of blobs) if (!batchOf.has(keyOf(blob))) expected.set(keyOf(blob), blob)
    },
    read: async blob => {
      const key = keyOf(blob)
      const content = (await (batchOf.get(key) ?? request(blob))).get(key)
      if (content === undefined) throw lost(blob.hash)
      return content
    },
  }
}

const keyOf = ({ path, hash }: Blob) => `${hash} ${path}`

async function readBatch(root: string, blobs: Blob[], { isFiltered }: Reading): Promise<Batch> {
  // The size that git gives is the one before the filters: so a word that no file can hold is between them.
  const mark = randomUUID()
  const args = [`--batch=${mark}`, '--buffer', ...(isFiltered ? ['--filters'] : [])]
  const lines = blobs.map(blob => (isFiltered ? keyOf(blob) : blob.hash))
  const output = await catFiles(root, args, lines)
  const contents = parseBatch(output, mark)
  if (contents.length < blobs.length) throw lost(missingOf(output, blobs))
  return new Map(blobs.map((blob, index) => [keyOf(blob), contents[index] ?? new Uint8Array()]))
}

/** `MARK\n`, the bytes, `\n`, and so on, in the order asked for. */
export function parseBatch(output: Buffer, mark: string): Uint8Array[] {
  const found: Uint8Array[] = []
  const header = `${mark}\n`
  let at = output.indexOf(header)
  while (at >= 0) {
    const next = output.indexOf(header, at + header.length)
    found.push(output.subarray(at + header.length, (next < 0 ? output.length : next) - 1))
    at = next
  }
  return found
}

/** git writes `HASH missing\n` for what is not there. */
function missingOf(output: Buffer, blobs: readonly Blob[]): string {
  const { hash = '' } = blobs.find(blob => output.includes(`${blob.hash} missing\n`)) ?? {}
  return hash
}

function lost(hash: string) {
  return failure('git-failed', `the repository is missing object ${hash}`, {
    remedy: 'Run "git fsck" to see what is damaged; a fresh clone repairs it.',
  })
}
