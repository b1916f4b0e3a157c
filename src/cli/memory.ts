import { setFlagsFromString } from 'node:v8'

/**
 * For commands that wait: V8 then collects garbage before it asks for more memory. Otherwise what planning needed for a
 * second stays with the process for as long as it waits (docs/decisions/0060-waiting-favours-memory.md).
 */
export function favourMemory(): void {
  setFlagsFromString('--optimize-for-size')
}
