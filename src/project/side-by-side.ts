/** Does what is local for one environment in its turn. */
export type InTurn = <Loaded>(load: () => Promise<Loaded>) => Promise<Loaded>

/** Twice what the process takes with a small project. */
const SMALL_BYTES = 256 * 2 ** 20

const isSmall = () => process.memoryUsage.rss() < SMALL_BYTES

/**
 * Does the work for each of several environments, and gives what comes of it in their order. They load one after the other, which takes
 * the processor, and ask their clusters side by side, which takes time. Once the process is large each begins when those before
 * it have ended: of a large project one environment at a time is in memory.
 */
export function sideBySide<Result>(
  names: readonly string[],
  work: (name: string, inTurn: InTurn) => Promise<Result>,
  hasRoom = isSmall,
): Promise<Result[]> {
  const running = new Set<Promise<void>>()
  let turn: Promise<unknown> = Promise.resolve()
  const begin = async (ended: Promise<void>) => {
    // oxlint-disable-next-line no-await-in-loop
    while (running.size > 0 && !hasRoom()) await Promise.race(running)
    running.add(ended)
  }
  return Promise.all(
    names.map(async name => {
      const { promise: ended, resolve: end } = Promise.withResolvers<void>()
      const inTurn: InTurn = load => {
        if (running.has(ended)) return load()
        const loading = turn.then(() => begin(ended)).then(load)
        turn = loading.catch(() => undefined)
        return loading
      }
      try {
        return await work(name, inTurn)
      } finally {
        running.delete(ended)
        end()
      }
    }),
  )
}
