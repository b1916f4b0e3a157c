import { ownFiles } from '../package/index.ts'

/** A file of schemas/, which scripts/schemas.ts writes. */
export interface Product {
  /** Whose kinds these are, for messages. */
  product: string
  /** As `1.36`, oldest first. */
  versions: readonly string[]
  /** By `apps/v1 Deployment`: the type of such an object in each version, null where the version does not serve it. */
  kinds: Readonly<Record<string, readonly (number | null)[]>>
  types: readonly string[]
}

let loaded: readonly Product[] | undefined

/** Every product whose schemas come with the package; they are read once. */
export function products(): readonly Product[] {
  loaded ??= ownFiles('schemas').map(({ text }) => JSON.parse(text) as Product)
  return loaded
}
