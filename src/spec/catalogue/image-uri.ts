/** The reference of an image that a URI is: `oci://registry.example.com/llama:3.1`; undefined of every other. */
export function imageOfUri(uri: string | undefined): string | undefined {
  return uri?.startsWith(OCI) === true ? uri.slice(OCI.length) : undefined
}

const OCI = 'oci://'
