import { homedir } from 'node:os'
import path from 'node:path'

const FALLBACKS = { XDG_CACHE_HOME: '.cache', XDG_STATE_HOME: '.local/state' }

/** slipway's folder among the user's, by the XDG base directory specification, which ignores relative values. */
export function userFolder(variable: keyof typeof FALLBACKS): string {
  const value = process.env[variable]
  const isUsable = value !== undefined && path.isAbsolute(value)
  return path.join(isUsable ? value : path.join(homedir(), FALLBACKS[variable]), 'slipway')
}
