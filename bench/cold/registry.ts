import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { serve, type Files } from './release.ts'

const ROOT = resolve(import.meta.dirname, '../..')

interface Manifest {
  name: string
  version: string
}

/**
 * A registry on loopback with slipway as npm packs it, and with all that it depends on as it is in this checkout's
 * node_modules: a fetch asks nobody else.
 */
export async function startRegistry(folder: string): Promise<Files> {
  mkdirSync(folder)
  const own = npm(['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]).trim()
  const found = [{ manifest: manifestOf(ROOT), tarball: own }, ...dependencies(folder)]
  const made = new Map<string, string>()
  const files = await serve(folder, made)
  for (const [name, versions] of Map.groupBy(found, ({ manifest }) => manifest.name))
    made.set(name, JSON.stringify(documentOf(name, versions, { folder, url: files.url })))
  return files
}

interface Packed {
  manifest: Manifest
  tarball: string
}

function dependencies(folder: string): Packed[] {
  const listed = npm(['ls', '--omit=dev', '--all', '--parseable']).split('\n').filter(Boolean)
  const places = listed.map(line => relative(ROOT, line)).filter(Boolean)
  return places.map((place, index) => {
    const tarball = `dependency-${index}.tgz`
    const from = join(ROOT, place)
    const inPackage = String.raw`--transform=s,^\.,package,`
    const args = ['-czf', join(folder, tarball), '-C', from, '--exclude=./node_modules', inPackage]
    execFileSync('tar', [...args, '.'])
    return { manifest: manifestOf(from), tarball }
  })
}

/** What a registry says of a package: https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
function documentOf(
  name: string,
  packed: readonly Packed[],
  from: { folder: string; url: string },
) {
  const versions = packed.map(({ manifest, tarball }) => {
    const hash = createHash('sha512').update(readFileSync(join(from.folder, tarball)))
    const dist = { tarball: `${from.url}/${tarball}`, integrity: `sha512-${hash.digest('base64')}` }
    return [manifest.version, { ...manifest, dist }] as const
  })
  const latest = packed[0]?.manifest.version
  return { name, 'dist-tags': { latest }, versions: Object.fromEntries(versions) }
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

function npm(args: string[]): string {
  return execFileSync('npm', args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** How many tarballs it has. */
export function tarballsIn(folder: string): number {
  return readdirSync(folder).filter(name => name.endsWith('.tgz')).length
}
