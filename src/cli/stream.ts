/** One of the process's output streams. */
export interface Output {
  write: (text: string) => void
  /** At the latest in a moment, together with what else comes until then; never after what is written later. */
  writeSoon: (text: string) => void
  /** Writes what is still held back. */
  release: () => void
  /** Resolves when everything is written, with what prevented it. */
  flush: () => Promise<Error | undefined>
}

/** Shorter than anybody notices, and long enough for some forty objects to be applied. */
const SOON_MS = 50

/** A reader that has gone away (`slipway render | head`) is no error, and must not stop an apply half-way. */
export function openOutput(stream: NodeJS.WriteStream): Output {
  let isOpen = true
  let failure: Error | undefined
  stream.on('error', (error: NodeJS.ErrnoException) => {
    isOpen = false
    if (error.code !== 'EPIPE') failure = error
  })
  let held = ''
  let timer: NodeJS.Timeout | undefined
  const write = (text: string) => {
    clearTimeout(timer)
    timer = undefined
    const all = held + text
    held = ''
    if (isOpen && all !== '') stream.write(all)
  }
  const release = () => write('')
  return {
    write,
    writeSoon: text => {
      held += text
      timer ??= setTimeout(release, SOON_MS)
    },
    release,
    flush: async () => {
      release()
      if (isOpen) await new Promise(done => stream.write('', done))
      // The stream tells its error after it has called back.
      await new Promise(setImmediate)
      return failure
    },
  }
}
