import { readdirSync, readFileSync } from 'node:fs'

/** Of the clock that /proc counts in; the same on every Linux. */
const TICKS_PER_SECOND = 100

/** CPU that children of this process, and theirs, have taken once they have ended: user and system. */
export function childrenCpuSeconds(): number {
  const text = readFileSync('/proc/self/stat', 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  // cutime and cstime (proc_pid_stat(5)), of which the first two fields are cut off.
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND
}

/** The most that each process of the tree has held so far, added up; 0 when it has ended. */
export function peakBytes(pid: number): number {
  const own = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1]
  const children = childrenOf(pid).reduce((sum, child) => sum + peakBytes(child), 0)
  return Number(own ?? 0) * 1024 + children
}

function childrenOf(pid: number): number[] {
  return threadsOf(pid).flatMap(thread =>
    read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  )
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

/** Empty for what has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
