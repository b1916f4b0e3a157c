/** Where the package's own files are. */
export { ownFiles, ownFolder } from './own-files.ts'
export { userFolder } from './user-folder.ts'
