import { setFlagsFromString } from 'node:v8'

/**
 * For commands that wait: V8 then collects garbage before it asks for more memory. Otherwise what planning needed for a
 * second stays with the process for as long as it waits (docs/decisions/0060-waiting-favours-memory.md).
 */
export function favourMemory(): void {
  setFlagsFromString('--optimize-for-size')
}

/** The end of that: a thread that compiles may ask for memory again without waiting for a collection. */
export function favourSpeed(): void {
  setFlagsFromString('--no-optimize-for-size')
}

/**
 * For several environments: V8 looks for what the one before has left when the heap has grown by two fifths since it looked last. Of a large
 * heap it would wait until it is nearly twice as large.
 */
export function boundHeapGrowth(): void {
  setFlagsFromString('--heap-growing-percent=40')
}

/**
 * For every command: V8's young generation stays as large as it is when this is called, where it would grow to 64 MiB.
 * What a command makes lives either for a moment or until the end: more room saves no time, and is a quarter of its memory.
 */
export function boundYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
