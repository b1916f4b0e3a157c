/** Looks that are taken at once when an object has gone: in a round with all the others it would be later. */
export interface Departures {
  /** Takes part until the returned function is called. */
  join: (uid: string | undefined, look: () => void) => () => void
  tell: (uid: string | undefined) => void
}

export function startDepartures(): Departures {
  const looks = new Map<string, Set<() => void>>()
  return {
    join: (uid, look) => {
      if (uid === undefined) return () => {}
      const group = looks.get(uid) ?? new Set()
      looks.set(uid, group.add(look))
      return () => {
        group.delete(look)
        if (group.size === 0) looks.delete(uid)
      }
    },
    tell: uid => {
      for (const look of looks.get(uid ?? '') ?? []) look()
    },
  }
}
