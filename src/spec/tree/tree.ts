/** What a path is, by itself: links are not followed. `repository` is one within another: a submodule. */
export type Entry =
  | { type: 'file' | 'folder' | 'repository' | 'other' }
  | { type: 'link'; target: string }

/**
 * Files and links as they are stored: on disk, or in a commit. The rules about links are above this and the same for all.
 * Paths count from the root, with "/"; '' is the root.
 */
export interface Tree {
  /** Links may lead anywhere in it. */
  boundary: 'repository' | 'project'
  entryAt: (path: string) => Promise<Entry | undefined>
  /** The names in a folder. */
  entriesIn: (folder: string) => Promise<ReadonlyMap<string, Entry>>
  /** The bytes of a file; `shown` is its path for messages. */
  read: (path: string, shown: string) => Promise<Uint8Array>
  /** The target of a link that is stored as a file holding it, as git does where links are switched off. */
  linkInText?: (path: string) => Promise<string | undefined>
}
