import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Metafile } from 'esbuild'

const ROOT = resolve(import.meta.dirname, '..')

export interface BundledPackage {
  name: string
  version: string
  /** SPDX. */
  license: string
  /** The texts of its license and notice files. */
  texts: string[]
}

/** The packages of which a bundle holds something, sorted by name. */
export function bundledPackages({ inputs }: Pick<Metafile, 'inputs'>): BundledPackage[] {
  const folders = new Set(Object.keys(inputs).flatMap(input => folderOf(input) ?? []))
  return [...folders]
    .map(folder => read(resolve(ROOT, folder)))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/** What their licenses ask for: their texts, in one. */
export function licensesOf(packages: readonly BundledPackage[]): string {
  return packages
    .map(({ name, version, license, texts }) =>
      [`${name} ${version} (${license})`, ...texts].join('\n\n'),
    )
    .join(`\n\n${'-'.repeat(80)}\n\n`)
}

/** Of a path that may begin with the name of a plugin's namespace. */
function folderOf(file: string): string | undefined {
  return /[^:]*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0]
}

function read(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = readdirSync(folder).filter(file => /^(licen[cs]e|notice)/i.test(file))
  const texts = files.map(file => readFileSync(join(folder, file), 'utf8').trim())
  return { name, version, license, texts }
}
