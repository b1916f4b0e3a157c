import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Requests by verb. */
export type Requests = Record<string, number>

export interface Audit {
  /** From here on is counted. */
  mark: () => void
  /** What clients have asked since the mark; waits until the API server has written all of it. */
  requests: () => Promise<Requests>
}

/** Long enough for a watch to be logged, whose end the API server has to notice. */
const SETTLED_MS = 300

/** Reads the API server's audit log, which costs the client that is measured nothing. */
export function openAudit(file: string): Audit {
  let position = 0
  return {
    mark() {
      position = sizeOf(file)
    },
    async requests() {
      await settle(file)
      return countVerbs(readFrom(file, position))
    },
  }
}

async function settle(file: string): Promise<void> {
  for (let before = -1; before !== sizeOf(file);) {
    before = sizeOf(file)
    await delay(SETTLED_MS)
  }
}

function sizeOf(file: string): number {
  return withFile(file, descriptor => fstatSync(descriptor).size)
}

function readFrom(file: string, position: number): string {
  return withFile(file, descriptor => {
    const bytes = Buffer.alloc(fstatSync(descriptor).size - position)
    readSync(descriptor, bytes, 0, bytes.length, position)
    return bytes.toString('utf8')
  })
}

function withFile<T>(file: string, work: (descriptor: number) => T): T {
  const descriptor = openSync(file, 'r')
  try {
    return work(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** The control plane's own requests are nobody's who is measured. */
const OWN = /^(kube-apiserver|kube-controller-manager)\//

function countVerbs(text: string): Requests {
  const requests: Requests = {}
  for (const line of text.split('\n')) {
    if (line === '') continue
    const { verb, userAgent = '' }: { verb: string; userAgent?: string } = JSON.parse(line)
    if (!OWN.test(userAgent)) requests[verb] = (requests[verb] ?? 0) + 1
  }
  return requests
}
