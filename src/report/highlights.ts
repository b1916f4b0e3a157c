import type { FieldChange } from '../plan/index.ts'
import type { Change } from './change.ts'
import { inlineValue } from './field-change.ts'

const MOST = 4

/** The changed fields that readers ask for first, as words, and how many other fields there are. What is a canary's is said to be. */
export function highlightsOf(
  changes: readonly Change[],
  isOfCanary: (change: Change) => boolean = () => false,
): { words: string[]; others: number } {
  const found = changes.flatMap(change =>
    change.changes.map(field => wordFor(field, isOfCanary(change) ? 'canary ' : '')),
  )
  const told = found.filter(each => each !== undefined).toSorted((a, b) => a.rank - b.rank)
  const others = found.length - told.length
  const merged = mergeResources([...new Set(told.map(({ word }) => word))])
  const shown = merged.slice(0, MOST)
  return { words: shown, others: others + merged.length - shown.length }
}

/** A limit and a request that change alike are one change. */
function mergeResources(words: readonly string[]): string[] {
  return words
    .filter(word => !word.includes(' request ') || !words.includes(twin(word, 'request', 'limit')))
    .map(word => {
      const isBoth = word.includes(' limit ') && words.includes(twin(word, 'limit', 'request'))
      return isBoth ? word.replace(' limit ', ' ') : word
    })
}

function twin(word: string, from: string, to: string): string {
  return word.replace(` ${from} `, ` ${to} `)
}

/** With its rank: what is asked for first has the lowest. */
function wordFor(field: FieldChange, of: string): { word: string; rank: number } | undefined {
  for (const [rank, [pattern, name]] of NAMES.entries()) {
    const match = pattern.exec(field.path)
    if (match !== null)
      return { word: `${of}${describe(name.replace('$1', match[1] ?? ''), field)}`, rank }
  }
  return undefined
}

/** Field paths (as plan writes them) that have a name in everyday speech, what readers ask for first above; $1 is the pattern's group. */
const NAMES: [RegExp, string][] = [
  [/ontainers\[[^[\]]*\]\.image$/, 'image'],
  [/\.volumes\[name=model\]\.image\.reference$/, 'weights'],
  [/\.(?:model|predictor)\.storageUri$/, 'model'],
  [/\.volumes\[name=adapter-([^[\]]+)\](?:\.image\.reference)?$/, 'adapter $1'],
  [/^spec(?:\.predictor)?\.minReplica(?:s|Count)$/, 'min replicas'],
  [/^spec(?:\.predictor)?\.maxReplica(?:s|Count)$/, 'max replicas'],
  [/^spec\.replicas$/, 'replicas'],
  [/resources\.limits\["(?=[^"]*"\]$)[^"]*(?:gpu|\/mig-)/, 'GPUs'],
  [/resources\.requests\["(?=[^"]*"\]$)[^"]*(?:gpu|\/mig-)/, 'GPUs'],
  [/resources\.limits\.(cpu|memory)$/, '$1 limit'],
  [/resources\.requests\.(cpu|memory)$/, '$1 request'],
  [/containerPort$/, 'port'],
  // They follow it.
  [/Probe\.httpGet\.port$/, 'port'],
  [/^spec\.ports\[name=[^\]]+\]\.targetPort$/, 'port'],
  [/\.args$/, 'arguments'],
  [/\.command$/, 'command'],
  [/\.env\[name=([^[\]]+)\](?:\.value)?$/, 'env $1'],
  [/^spec\.rules\[host=([^\]]+)\]$/, 'ingress host $1'],
  [/^spec\.hostnames$/, 'route host'],
  [/^spec\.parentRefs$/, 'gateway'],
  [/^spec\.externalName$/, 'host'],
  [/terminationGracePeriodSeconds$/, 'grace period'],
]

const LONG = 40

function describe(name: string, { before, after }: FieldChange): string {
  if (after === undefined) return `removes ${name}`
  const [from, to] = isImage(name) ? versions(name, before, after) : [plain(before), plain(after)]
  if (to === undefined || to.length > LONG) return name
  return from === undefined || from.length > LONG ? `${name} ${to}` : `${name} ${from} → ${to}`
}

function isImage(name: string): boolean {
  return name === 'image' || name === 'weights' || name.startsWith('adapter ')
}

/** Of a quantity, which may be a text or a number. */
function plain(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d+$/.test(value) ? value : inlineValue(value)
}

/** Two tags or digests of one repository are told by these alone. */
function versions(
  name: string,
  before: unknown,
  after: unknown,
): [string | undefined, string | undefined] {
  const [old, fresh] = [splitImage(before), splitImage(after)]
  const isSame = old?.repository === fresh?.repository
  if (!isSame) return [inlineValue(before), inlineValue(after)]
  const said = (each: Version | undefined) => each && versionText(each, name === 'image')
  return [said(old), said(fresh)]
}

/** A digest alone says that it is one, where the name before it does not. */
function versionText({ tag, digest }: Version, isKnown: boolean): string {
  if (tag !== undefined) return [tag, digest].filter(part => part !== undefined).join('@')
  return isKnown ? (digest ?? '') : `sha256:${digest ?? ''}`
}

interface Version {
  repository: string
  tag: string | undefined
  /** Its first characters. */
  digest: string | undefined
}

function splitImage(image: unknown): Version | undefined {
  if (typeof image !== 'string') return undefined
  const [name, whole] = halves(image, image.indexOf('@'))
  const digest = whole?.replace(/^sha256:/, '').slice(0, 12)
  const colon = name.lastIndexOf(':')
  const [repository, tag] = halves(name, name.includes('/', colon) ? -1 : colon)
  const isEmpty = [tag, digest].every(part => part === undefined || part === '')
  return repository === '' || isEmpty ? undefined : { repository, tag, digest }
}

/** Before and behind a place; all before where there is none. */
function halves(text: string, at: number): [string, string?] {
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
