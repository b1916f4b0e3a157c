import { readdirSync, readFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'
import type { KubeObject } from '../../src/object/index.ts'

const FOLDER = new URL('fixtures/', import.meta.url)

/** All documents of a fixture file. */
export function documents<T = KubeObject>(path: string): T[] {
  const text = readFileSync(new URL(path, FOLDER), 'utf8')
  return parseAllDocuments(text).map(document => document.toJS() as T)
}

/** Names of the fixture files of a folder, without `.yaml`. */
export function fixtureNames(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, FOLDER))
    .filter(name => name.endsWith('.yaml'))
    .map(name => name.replace(/\.yaml$/, ''))
}
