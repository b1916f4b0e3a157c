import { stringify } from 'yaml'
import { addressOf, TAGLINE, type ReleasedFiles } from './assets.ts'

/** The manifest of the kubectl plugin, after https://krew.sigs.k8s.io/docs/developer-guide/plugin-manifest/. */
export function krewManifest(release: ReleasedFiles): string {
  return stringify({
    apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
    kind: 'Plugin',
    metadata: { name: 'slipway' },
    spec: {
      version: `v${release.version}`,
      homepage: `https://github.com/${release.repository}`,
      shortDescription: TAGLINE,
      description: DESCRIPTION,
      platforms: release.assets.map(asset => ({
        selector: { matchLabels: matchLabels(asset.platform) },
        uri: addressOf(release, asset),
        sha256: asset.sha256,
        files: [
          { from: 'slipway', to: '.' },
          { from: 'LICENSE', to: '.' },
        ],
        bin: 'slipway',
      })),
    },
  })
}

const DESCRIPTION = `Renders endpoints of models (YAML in git) to Deployments or KServe InferenceServices,
shows what would change, applies it with server-side apply, waits until it serves
and rolls back by a commit. Needs git; previews need no cluster.
`

/** As Go names platforms. */
function matchLabels(platform: string): { os: string; arch: string } {
  const [os = '', cpu = ''] = platform.split('-')
  return { os, arch: cpu === 'x64' ? 'amd64' : cpu }
}
