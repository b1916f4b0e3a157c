/**
 * Makes of a folder with slipway-PLATFORM files (and the npm package's tarball) what a release consists of: archives, a bill of materials, licenses,
 * manifests for krew and Homebrew, the notes and the checksums: npm run release:files -- FOLDER
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { commandLineBundle } from './bundle-options.ts'
import { bundledPackages, licensesOf } from './bundled-packages.ts'
import { pack, sha256 } from './release/archive.ts'
import type { Asset } from './release/assets.ts'
import { notesOf } from './release/changelog.ts'
import { homebrewFormula } from './release/homebrew.ts'
import { readIdentity } from './release/identity.ts'
import { krewManifest } from './release/krew.ts'
import { sbom } from './release/sbom.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('a folder is needed: npm run release:files -- FOLDER')
const target: string = folder
const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
const assets = executables(folder).map(platform => assetOf(folder, platform))
if (assets.length === 0) throw new Error(`there is no slipway-PLATFORM in ${folder}`)
const release = { version, repository: readIdentity().repository, assets }

const { metafile } = await build({ ...commandLineBundle(), write: false })
const bundled = bundledPackages(metafile)

write('slipway.cdx.json', sbom(bundled))
write('slipway-licenses.txt', `${licensesOf(bundled)}\n`)
write('slipway-krew.yaml', krewManifest(release))
write('slipway.rb', homebrewFormula(release))
write('NOTES.md', `${notesOf(readFileSync('CHANGELOG.md', 'utf8'), version)}\n`)
const archives = [...assets.map(({ archive }) => archive), ...fastArchives(folder)]
const summed = [...archives, ...tarballs(folder), 'slipway.cdx.json']
write('SHA256SUMS', summed.map(file => `${sha256(join(folder, file))}  ${file}\n`).join(''))

function executables(from: string): string[] {
  const found = readdirSync(from).map(file => /^slipway-([a-z0-9]+-[a-z0-9]+)$/.exec(file)?.[1])
  return found.filter(platform => platform !== undefined).toSorted()
}

function assetOf(from: string, platform: string): Asset {
  const archive = packed(from, platform, 'tar.gz')
  return { platform, archive, sha256: sha256(join(from, archive)) }
}

/** Smaller, and unpacked in a third of the time, where there is zstd: on runners with Linux. */
function fastArchives(from: string): string[] {
  const platforms = executables(from).filter(platform => platform.startsWith('linux-'))
  return platforms.map(platform => packed(from, platform, 'tar.zst'))
}

function packed(from: string, platform: string, extension: 'tar.gz' | 'tar.zst'): string {
  const archive = `slipway-${platform}.${extension}`
  pack({ executable: join(from, `slipway-${platform}`), archive: join(from, archive) })
  return archive
}

function tarballs(from: string): string[] {
  return readdirSync(from).filter(file => file.endsWith('.tgz'))
}

function write(file: string, text: string): void {
  writeFileSync(join(target, file), text)
}
