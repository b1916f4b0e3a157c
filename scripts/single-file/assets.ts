/** Names of what the single file carries besides the package's own files. */
export const NOTICES = 'NOTICES'
/** The folder of the program's chunks. */
export const CHUNKS = 'chunks'
