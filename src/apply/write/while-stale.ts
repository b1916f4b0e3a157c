import { failureType } from '../../cluster/index.ts'

/** Controllers write status all the time. */
const MOST_TRIES = 5

/** Repeats a read with its guarded write as long as somebody else's write comes in between. */
export async function whileStale<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (failureType(error) !== 'stale' || attempt === MOST_TRIES) throw error
    }
  }
}
