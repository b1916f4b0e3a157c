/** A file of an archive; paths have "/". */
export interface ArchivedFile {
  path: string
  text: string
}

const BLOCK = 512

/**
 * The files as a POSIX archive, sorted by path, without times and owners: the same files are the same bytes. A path that does not fit into a
 * header's 100 bytes gets an extended one (pax), which every reader of the last twenty years knows.
 */
export function tarOf(files: readonly ArchivedFile[]): Buffer {
  const sorted = files.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)))
  const entries = sorted.flatMap(({ path, text }) => [...longPath(path), ...entry(path, '0', text)])
  return Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)])
}

function longPath(path: string): Buffer[] {
  if (Buffer.byteLength(path) <= 100) return []
  return entry('pax', 'x', paxRecord('path', path))
}

/** `LENGTH key=value\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const bytes = Buffer.byteLength(rest)
  const digits = String(bytes + String(bytes).length).length
  return `${bytes + digits}${rest}`
}

function entry(path: string, type: '0' | 'x', text: string): Buffer[] {
  const content = Buffer.from(text)
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)
  return [header(path, type, content.length), content, padding]
}

/** Of the ustar format: the checksum counts its own field as spaces. */
function header(path: string, type: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  const put = (text: string, offset: number) => block.write(text, offset, 'utf8')
  block.set(Buffer.from(path).subarray(0, 100))
  put('0000644\0', 100)
  put('0000000\0', 108)
  put('0000000\0', 116)
  put(`${size.toString(8).padStart(11, '0')}\0`, 124)
  put(`${'0'.repeat(11)}\0`, 136)
  put(' '.repeat(8), 148)
  put(type, 156)
  put('ustar\u000000', 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}
