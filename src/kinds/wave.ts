/**
 * Waves in which kinds are applied; deletions go through them backwards.
 * Unknown kinds (a user's own CRD through a patch) are treated like configuration.
 */
export const WAVES = ['namespace', 'configuration', 'workload', 'service', 'traffic'] as const
export type Wave = (typeof WAVES)[number]
