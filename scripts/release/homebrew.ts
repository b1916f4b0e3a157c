import { addressOf, TAGLINE, type Asset, type ReleasedFiles } from './assets.ts'

/** The formula, after https://docs.brew.sh/Formula-Cookbook. */
export function homebrewFormula(release: ReleasedFiles): string {
  return `class Slipway < Formula
  desc "${TAGLINE}"
  homepage "https://github.com/${release.repository}"
  version "${release.version}"
  license "Apache-2.0"

${Object.entries(SYSTEMS)
  .map(([os, block]) => blockOf(release, os, block))
  .filter(Boolean)
  .join('\n')}
  def install
    bin.install "slipway"
    bin.install_symlink "slipway" => "kubectl-slipway"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/slipway --version")
  end
end
`
}

const SYSTEMS = { darwin: 'on_macos', linux: 'on_linux' }
const PROCESSORS = { arm64: 'on_arm', x64: 'on_intel' }

function blockOf(release: ReleasedFiles, os: string, block: string): string {
  const parts = Object.entries(PROCESSORS).flatMap(([cpu, inner]) => {
    const asset = release.assets.find(({ platform }) => platform === `${os}-${cpu}`)
    return asset === undefined ? [] : [`    ${inner} do\n${source(release, asset)}    end\n`]
  })
  return parts.length === 0 ? '' : `  ${block} do\n${parts.join('')}  end\n`
}

function source(release: ReleasedFiles, asset: Asset): string {
  return `      url "${addressOf(release, asset)}"\n      sha256 "${asset.sha256}"\n`
}
