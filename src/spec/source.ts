/** Files of a project: a folder on disk or a git revision. Paths are relative to the project, with "/". */
export interface Source {
  /** For messages: a folder's path or `main@1a2b3c4`. */
  description: string
  /** Paths of all files below the folder, sorted, hidden ones left out; empty when there is no such folder. */
  list: (folder: string) => Promise<string[]>
  /** Paths of the files below the folder that `list` leaves out: hidden ones. Absent where there are none. */
  hidden?: (folder: string) => Promise<string[]>
  /** The bytes, or undefined when there is no such file. */
  read: (path: string) => Promise<Uint8Array | undefined>
  /** What was read so far. Absent where files are no files: in tests, in a program's memory. */
  seen?: () => Seen
}

/** What a source was asked and found. Paths are real ones (no link on the way) from the root of the repository. */
export interface Seen {
  /** The project's folder; '' when it is the root. */
  prefix: string
  /** As they were read. */
  files: ReadonlyMap<string, Uint8Array>
  /** The targets of links that were followed. */
  links: ReadonlyMap<string, string>
  /** Listed, all below included. */
  folders: ReadonlySet<string>
  /** Looked for and not there. */
  absent: ReadonlySet<string>
  /** What links led to: files and folders. */
  reached: ReadonlySet<string>
  /** By path in the project: the file itself, and the links that stand for it. */
  behind: ReadonlyMap<string, readonly string[]>
}
