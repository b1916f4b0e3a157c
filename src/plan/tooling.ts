import { APPLYSET, VERSION, type KubeObject } from '../object/index.ts'
import type { Problem } from '../problem/index.ts'

/** The version of slipway that wrote a set's record, where it is newer than this one in more than a correction. */
export function newerWriter(parent: KubeObject | undefined): string | undefined {
  const tooling = parent?.metadata.annotations?.[APPLYSET.tooling] ?? ''
  const [, version] = /^slipway\/v(\d{1,9}\.\d{1,9}\.\d{1,9}\S*)$/.exec(tooling) ?? []
  return version !== undefined && isNewer(numbersOf(version), numbersOf(VERSION))
    ? version
    : undefined
}

/** Major and minor. */
function numbersOf(version: string): [number, number] {
  const [major, minor] = version.split('.').map(Number)
  return [major ?? 0, minor ?? 0]
}

function isNewer(one: [number, number], other: [number, number]): boolean {
  return one[0] > other[0] || (one[0] === other[0] && one[1] > other[1])
}

export interface WriterQuestion {
  environment: string
  parent: KubeObject | undefined
  /** --allow-older */
  isAllowed: boolean
  /** Only looked at, or a deletion by name. */
  isTold: boolean
}

/** What a newer slipway renders, and this one does not know, would be deleted as no longer rendered; what it records, forgotten. */
export function checkWriter({ environment, parent, isAllowed, isTold }: WriterQuestion): Problem[] {
  const newer = newerWriter(parent)
  if (newer === undefined || isAllowed) return []
  return [
    {
      code: 'guard',
      severity: isTold ? 'warning' : 'error',
      message: `${environment} was applied last by slipway ${newer}, and this is ${VERSION}`,
      cause: 'An older version may delete or change what only the newer one renders.',
      remedy: `Use slipway ${newer} or newer. If this is intended: --allow-older.`,
    },
  ]
}
