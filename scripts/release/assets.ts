/** One executable file of a release, in an archive of its own. */
export interface Asset {
  /** As Node names it: linux-x64. */
  platform: string
  /** slipway-linux-x64.tar.gz: without the version, so that the newest release has one address. */
  archive: string
  sha256: string
}

/** All that the manifests of package managers say. */
export interface ReleasedFiles {
  /** Without v. */
  version: string
  /** OWNER/NAME on github.com. */
  repository: string
  assets: readonly Asset[]
}

/** What a package is in one line, as both package managers show it. */
export const TAGLINE = 'Model serving endpoints as files in git'

export function addressOf({ version, repository }: ReleasedFiles, { archive }: Asset): string {
  return `https://github.com/${repository}/releases/download/v${version}/${archive}`
}
