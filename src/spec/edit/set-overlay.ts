import type { Document, Node, YAMLMap, YAMLSeq } from 'yaml'
import { equalValues, isMap as isPlainMap, type JsonMap } from '../../object/index.ts'
import { failure } from '../../problem/index.ts'
import { PROJECT_FILE } from '../project.ts'
import { chooseEntry, entryFor, expectedOverlay, type OverlayChange } from './overlay-entry.ts'
import { addItem, addPair, replaceValue, type Yaml } from './splice.ts'

/**
 * The text of slipway.yaml in which an environment's overlay says some fields for one endpoint: in the entry that is for it alone, or in
 * one that is added at the end, where an entry after that says them, too. All else stays as it is, to the byte. Throws SlipwayError
 * `not-promoted` where the text cannot be changed so: aliases, merge keys.
 */
export async function setOverlay(text: string, change: OverlayChange): Promise<string> {
  // Several times the size of all the rest that is loaded for a command.
  const yaml = await import('yaml')
  let changed = text
  for (const field of change.fields) {
    const one = { ...change, fields: [field] }
    const next = setField(yaml, changed, one)
    if (!isAsExpected(yaml, { before: changed, after: next, change: one })) throw byHand(change)
    changed = next
  }
  return changed
}

function setField(yaml: Yaml, text: string, change: OverlayChange): string {
  const document = yaml.parseDocument(text)
  const environment = document.getIn(['spec', 'environments', change.environment], true)
  if (!yaml.isMap(environment)) throw byHand(change)
  const overlay = environment.get('overlay', true)
  const entry = entryFor(change)
  if (overlay === undefined || overlay === null)
    return addPair(yaml, text, { map: environment, key: 'overlay', value: [entry] })
  if (!yaml.isSeq(overlay)) throw byHand(change)
  return inEntries(yaml, text, { document, overlay, change, entry })
}

interface Entries {
  document: Document
  overlay: YAMLSeq
  change: OverlayChange
  entry: JsonMap
}

function inEntries(yaml: Yaml, text: string, { document, overlay, change, entry }: Entries) {
  const plain: unknown = overlay.toJS(document)
  const index = Array.isArray(plain) ? chooseEntry(plain, change) : undefined
  const item = index === undefined ? undefined : overlay.items[index]
  const [field] = change.fields
  if (item === undefined || field === undefined)
    return addItem(yaml, text, { list: overlay, value: entry })
  return yaml.isMap(item) ? setIn(yaml, text, { map: item, ...field }) : text
}

interface Setting {
  map: YAMLMap
  path: readonly string[]
  value: unknown
}

/** As far as there are maps on the way, into them; the rest is written at once. */
function setIn(yaml: Yaml, text: string, { map, path, value }: Setting): string {
  const [key = '', ...rest] = path
  const pair = map.items.find(each => yaml.isScalar(each.key) && String(each.key.value) === key)
  const whole = nested(rest, value)
  if (pair === undefined) return addPair(yaml, text, { map, key, value: whole })
  const node = pair.value as Node | null
  if (rest.length > 0 && yaml.isMap(node))
    return setIn(yaml, text, { map: node, path: rest, value })
  return replaceValue(yaml, text, { pair, value: whole })
}

function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)
}

/** Whatever was written, it is what was meant, and nothing else has changed. */
function isAsExpected(
  yaml: Yaml,
  { before, after, change }: { before: string; after: string; change: OverlayChange },
): boolean {
  const [old, found] = [before, after].map(text => yaml.parseDocument(text, { merge: true }))
  if (old === undefined || found === undefined || found.errors.length > 0) return false
  const expected: unknown = old.toJS()
  const environments = isPlainMap(expected) && isPlainMap(expected['spec']) && expected['spec']
  const all = environments && environments['environments']
  const own = isPlainMap(all) ? all[change.environment] : undefined
  if (!isPlainMap(own)) return false
  const overlay = Array.isArray(own['overlay']) ? own['overlay'] : []
  own['overlay'] = expectedOverlay(overlay, change)
  return equalValues(found.toJS(), expected)
}

function byHand({ environment, endpoint, fields }: OverlayChange) {
  const values = fields.map(({ path, value }) => `${path.join('.')}: ${JSON.stringify(value)}`)
  return failure('not-promoted', `the overlay of ${environment} cannot be edited automatically`, {
    place: { file: PROJECT_FILE, line: 1, column: 1 },
    cause:
      'It is written with an alias, a merge key, or in a form that slipway reads but does not write.',
    remedy: `Write it by hand, in the entry for ${endpoint}: ${values.join(', ')}.`,
  })
}
