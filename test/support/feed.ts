import type { Writable } from 'node:stream'

/** All of a process's input. One that ends without reading it says by its exit code why. */
export function feed({ stdin }: { stdin: Writable | null }, text: string): void {
  stdin?.on('error', () => undefined)
  stdin?.end(text)
}
