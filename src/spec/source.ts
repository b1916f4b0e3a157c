/** Files of a project: a folder on disk or a git revision. Paths are relative to the project, with "/". */
export interface Source {
  /** For messages: a folder's path or `main@1a2b3c4`. */
  description: string
  /** Paths of all files below the folder, sorted; empty when there is none. */
  list: (folder: string) => Promise<string[]>
  /** The bytes, or undefined when there is no such file. */
  read: (path: string) => Promise<Uint8Array | undefined>
}
