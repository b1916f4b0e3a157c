import crypto from 'node:crypto'
import { Writable } from 'node:stream'
import { startupSnapshot } from 'node:v8'

/**
 * For the process that makes a snapshot: what would be of this process alone is not made, or is taken out again before
 * the heap is written. Node sets its own anew where the snapshot is run.
 */
export function leaveNoTraces(): void {
  const restore = hideStreams()
  const allow = refuseRandomness()
  process.argv = ['slipway']
  process.execArgv = []
  process.execPath = 'slipway'
  startupSnapshot.addSerializeCallback(() => {
    restore()
    allow()
    // V8 keeps the text that an expression met last.
    void 'slipway'.search('slipway')
  })
}

const STREAMS = ['stdin', 'stdout', 'stderr'] as const

/** Node makes each of its streams once, for the file, pipe or terminal that it is: here nobody may ask for one. */
function hideStreams(): () => void {
  const theirs = STREAMS.map(name => Object.getOwnPropertyDescriptor(process, name) ?? {})
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  for (const name of STREAMS)
    Object.defineProperty(process, name, { get: () => nowhere, configurable: true })
  return () =>
    STREAMS.forEach((name, index) => Object.defineProperty(process, name, theirs[index] ?? {}))
}

const RANDOM = ['randomBytes', 'randomInt', 'randomUUID'] as const

/**
 * What is random here would be the same in every process that runs the snapshot; Node draws ids for 128 calls at once.
 * A package may have taken a function for its own: afterwards it does as it always did.
 */
function refuseRandomness(): () => void {
  let isMaking = true
  for (const name of RANDOM) {
    const theirs: (...args: never[]) => unknown = crypto[name]
    const random = (...args: never[]) => {
      if (isMaking) throw new Error(`${name} was called while a snapshot was made`)
      return theirs(...args)
    }
    Object.assign(crypto, { [name]: random })
  }
  return () => {
    isMaking = false
  }
}
