import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { tarOf, type ArchivedFile } from './tar.ts'

/** What `flux push artifact` makes (https://fluxcd.io/flux/cheatsheets/oci-artifacts/): Flux's OCIRepository reads no other config than this. */
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
const CONFIG = 'application/vnd.cncf.flux.config.v1+json'
const CONTENT = 'application/vnd.cncf.flux.content.v1.tar+gzip'

export interface ArtifactOrigin {
  /** The tag that it is to be pushed as. */
  tag: string
  /** Of the repository, where it is known. */
  url?: string | undefined
  /** `main@sha1:…`, as Flux shows it, without the branch where it is not known; absent outside git. */
  revision?: string | undefined
}

/** A file of an OCI image layout. */
export interface LayoutFile {
  path: string
  content: string | Buffer
}

/**
 * An artifact as an OCI image layout (https://github.com/opencontainers/image-spec/blob/main/image-layout.md) with one manifest. The same
 * files of the same commit are the same digest: it says no time of its making.
 */
export function artifactLayout(
  files: readonly ArchivedFile[],
  { tag, url, revision }: ArtifactOrigin,
): { digest: string; files: LayoutFile[] } {
  const tar = tarOf(files)
  const layer = blobOf(CONTENT, gzipSync(tar, { level: 9 }))
  const config = blobOf(CONFIG, json(imageConfig(digestOf(tar))))
  const manifest = blobOf(
    MANIFEST,
    json({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: config.descriptor,
      layers: [layer.descriptor],
      annotations: {
        ...(url !== undefined && { 'org.opencontainers.image.source': url }),
        ...(revision !== undefined && { 'org.opencontainers.image.revision': revision }),
      },
    }),
  )
  const named = {
    ...manifest.descriptor,
    annotations: { 'org.opencontainers.image.ref.name': tag },
  }
  const index = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [named],
  }
  return {
    digest: manifest.descriptor.digest,
    files: [
      { path: 'oci-layout', content: json({ imageLayoutVersion: '1.0.0' }).toString() },
      ...[layer, config, manifest].map(({ descriptor, content }) => ({
        path: `blobs/${descriptor.digest.replace(':', '/')}`,
        content,
      })),
      // Last: what it names is there.
      { path: 'index.json', content: json(index).toString() },
    ],
  }
}

/** An image's config with nothing but what its layer is. */
function imageConfig(diffId: string): object {
  return {
    architecture: '',
    os: '',
    config: {},
    rootfs: { type: 'layers', diff_ids: [diffId] },
  }
}

function blobOf(mediaType: string, content: Buffer) {
  return { content, descriptor: { mediaType, digest: digestOf(content), size: content.length } }
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value))
}
