/** Why a patch does not fit; becomes a Problem in patch.ts. */
export class PatchError extends Error {
  /** The operation of a JSON patch that failed. */
  readonly operation: number | undefined

  constructor(message: string, operation?: number) {
    super(message)
    this.name = 'PatchError'
    this.operation = operation
  }
}
