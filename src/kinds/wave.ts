/**
 * Waves in which kinds are applied; deletions go through them backwards.
 * Unknown kinds (a user's own CRD through a patch) are treated like configuration.
 */
export const WAVES = ['namespace', 'configuration', 'workload', 'service', 'traffic'] as const
export type Wave = (typeof WAVES)[number]

/** In the order of their waves; those of one wave stay as they are. */
export function inWaves<Item extends { wave: Wave }>(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => WAVES.indexOf(a.wave) - WAVES.indexOf(b.wave))
}
