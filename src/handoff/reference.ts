import { failure } from '../problem/index.ts'
import type { OciReference } from './fleet.ts'

/** What `--oci` says. A registry's name may have a port, a tag has no slash. Throws SlipwayError `usage` where it says no such thing. */
export function ociReference(oci: string): OciReference {
  const [, url, tag] =
    /^(oci:\/\/[^\s/@]{1,300}\/[^\s:@]{1,300}):([\w][\w.-]{0,127})$/.exec(oci) ?? []
  if (url !== undefined && tag !== undefined) return { url, tag }
  throw failure(
    'usage',
    `--oci cannot be "${oci}": it is an address with a tag, such as oci://registry.example.com/fleet/models:main`,
  )
}
