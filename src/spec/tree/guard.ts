import { unreadable } from './refusals.ts'

/** Undefined when there is no such file. What cannot be looked at (no permission, a broken disk) is not known to be absent: an error. */
export function guard<T>(path: string, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    if (code === undefined) throw error
    throw unreadable(path, code === 'EACCES' ? 'permission denied' : code, error)
  }
}
