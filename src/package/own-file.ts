/** A file that comes with the package, with its path below the folder that was asked for. */
export interface OwnFile {
  path: string
  text: string
}
