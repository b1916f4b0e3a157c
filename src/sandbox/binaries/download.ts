import { createHash } from 'node:crypto'
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { runCommand } from '../command.ts'
import type { Release } from './releases.ts'

/** Long enough for a slow network to answer, short enough not to hold up the build where there is none. */
const ANSWER_TIMEOUT_SECONDS = 5
const STALL_TIMEOUT_SECONDS = 30

export interface DownloadOptions {
  /** The finished binary. */
  file: string
  signal?: AbortSignal | undefined
}

/** Downloads a release, compares its checksum and puts the executable in place at once. Throws when any of it fails. */
export async function downloadRelease(
  release: Release,
  { file, signal }: DownloadOptions,
): Promise<void> {
  const expected = await publishedChecksum(release, signal)
  mkdirSync(path.dirname(file), { recursive: true })
  const folder = mkdtempSync(`${file}.download-`)
  try {
    const received = path.join(folder, 'received')
    const actual = await receive(release.url, { file: received, signal })
    if (actual !== expected)
      throw new Error(`${release.url} has the SHA-256 ${actual}, not ${expected}`)
    const binary = await unpack(received, release.member)
    chmodSync(binary, 0o755)
    renameSync(binary, file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function publishedChecksum(release: Release, signal: AbortSignal | undefined) {
  const response = await answerOf(release.checksumUrl, signal)
  const name = path.posix.basename(new URL(release.url).pathname)
  const checksum = checksumIn(await response.text(), name)
  if (checksum !== undefined) return checksum
  throw new Error(`${release.checksumUrl} has no SHA-256 of ${name}`)
}

/** The checksum of a file in the text of a .sha256 file or of a SHA256SUMS list. */
export function checksumIn(text: string, name: string): string | undefined {
  const lines = text
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+\*?/))
  const found =
    lines.find(([, file]) => file === name) ?? (lines.length === 1 ? lines[0] : undefined)
  const isOther = found?.[1] !== undefined && found[1] !== name
  return found && !isOther && /^[0-9a-f]{64}$/i.test(found[0] ?? '')
    ? found[0]?.toLowerCase()
    : undefined
}

async function receive(url: string, { file, signal }: DownloadOptions): Promise<string> {
  const stalled = new AbortController()
  const abort = () => stalled.abort(new Error(`${url} stalled`))
  const timer = setTimeout(abort, STALL_TIMEOUT_SECONDS * 1000)
  const hash = createHash('sha256')
  const watched = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      timer.refresh()
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    const { body } = await answerOf(url, anyOf(stalled.signal, signal))
    if (body === null) throw new Error(`${url} is empty`)
    await pipeline(Readable.fromWeb(body), watched, createWriteStream(file))
  } finally {
    clearTimeout(timer)
  }
  return hash.digest('hex')
}

function anyOf(own: AbortSignal, given: AbortSignal | undefined): AbortSignal {
  return given === undefined ? own : AbortSignal.any([own, given])
}

// Only the answer has a deadline; how long the body may take depends on the line.
async function answerOf(url: string, signal: AbortSignal | undefined): Promise<Response> {
  const late = new AbortController()
  const timer = setTimeout(
    () => late.abort(new Error(`${url} did not answer in ${ANSWER_TIMEOUT_SECONDS} s`)),
    ANSWER_TIMEOUT_SECONDS * 1000,
  )
  try {
    const response = await fetch(url, {
      signal: anyOf(late.signal, signal),
    })
    if (!response.ok) throw new Error(`${url} answered ${response.status}`)
    return response
  } finally {
    clearTimeout(timer)
  }
}

async function unpack(archive: string, member: string | undefined): Promise<string> {
  if (member === undefined) return archive
  const folder = path.dirname(archive)
  await runCommand({ file: 'tar', args: ['-xzf', archive, '-C', folder, member] })
  return path.join(folder, member)
}
