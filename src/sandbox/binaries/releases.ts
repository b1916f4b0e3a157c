/** An official release file of a binary, with the checksums published beside it. */
export interface Release {
  url: string
  /** Either the bare SHA-256 of the file, or a list as sha256sum prints it. */
  checksumUrl: string
  /** The path of the binary inside a .tar.gz; absent when the file is the binary. */
  member?: string
}

/** A binary, and the module that it is of. */
export interface Released {
  name: string
  goModule: string
  version: string
}

/** Base addresses; tests give their own. */
export interface ReleaseHosts {
  kubernetes: string
  etcd: string
}

export const RELEASE_HOSTS: ReleaseHosts = {
  kubernetes: 'https://dl.k8s.io/release',
  etcd: 'https://github.com/etcd-io/etcd/releases/download',
}

/**
 * Where the binary is published, or undefined: Kubernetes' servers are published for Linux only, and kwok's
 * releases without checksums, so those are built.
 */
export function releaseOf(
  { name, goModule, version }: Released,
  hosts: ReleaseHosts = RELEASE_HOSTS,
): Release | undefined {
  const architecture = ARCHITECTURES.get(process.arch)
  if (architecture === undefined || process.platform !== 'linux') return undefined
  if (goModule === 'k8s.io/kubernetes') {
    const url = `${hosts.kubernetes}/${version}/bin/linux/${architecture}/${name}`
    return { url, checksumUrl: `${url}.sha256` }
  }
  if (goModule !== 'go.etcd.io/etcd/server/v3') return undefined
  const folder = `${hosts.etcd}/${version}`
  const archive = `etcd-${version}-linux-${architecture}`
  return {
    url: `${folder}/${archive}.tar.gz`,
    checksumUrl: `${folder}/SHA256SUMS`,
    member: `${archive}/etcd`,
  }
}

/** Node's names and those of the releases. */
const ARCHITECTURES = new Map([
  ['x64', 'amd64'],
  ['arm64', 'arm64'],
])
