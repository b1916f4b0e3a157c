/** Names of what the single file carries besides the package's own files. */
export const SOURCE = 'slipway.cjs'
export const CACHE = 'slipway.cache'
export const NOTICES = 'NOTICES'
