export { kserveFor } from './kserve-version.ts'
export { tryCreation } from './creation.ts'
export { tryObjects } from './try-objects.ts'
export type { Trial } from './try-objects.ts'
