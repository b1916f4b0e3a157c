/** One of the process's output streams. */
export interface Output {
  write: (text: string) => void
  /** Resolves when everything is written, with what prevented it. */
  flush: () => Promise<Error | undefined>
}

/** A reader that has gone away (`slipway render | head`) is no error, and must not stop an apply half-way. */
export function openOutput(stream: NodeJS.WriteStream): Output {
  let isOpen = true
  let failure: Error | undefined
  stream.on('error', (error: NodeJS.ErrnoException) => {
    isOpen = false
    if (error.code !== 'EPIPE') failure = error
  })
  return {
    write: text => {
      if (isOpen && text !== '') stream.write(text)
    },
    flush: async () => {
      if (isOpen) await new Promise(done => stream.write('', done))
      // The stream tells its error after it has called back.
      await new Promise(setImmediate)
      return failure
    },
  }
}
