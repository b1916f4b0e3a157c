import type { FieldChange } from '../plan/index.ts'
import type { Change } from './change.ts'
import { inlineValue } from './field-change.ts'

const MOST = 4

/** The changed fields that readers ask for first, as words, and how many other fields there are. */
export function highlightsOf(changes: readonly Change[]): { words: string[]; others: number } {
  const words: string[] = []
  let others = 0
  for (const { changes: fields } of changes) {
    for (const field of fields) {
      const word = wordFor(field)
      if (word === undefined) others += 1
      else if (!words.includes(word)) words.push(word)
    }
  }
  const merged = mergeResources(words)
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

function wordFor(field: FieldChange): string | undefined {
  for (const [pattern, name] of NAMES) {
    const match = pattern.exec(field.path)
    if (match !== null) return describe(name.replace('$1', match[1] ?? ''), field)
  }
  return undefined
}

/** Field paths (as plan writes them) that have a name in everyday speech; $1 is the pattern's group. */
const NAMES: [RegExp, string][] = [
  [/ontainers\[[^\]]*\]\.image$/, 'image'],
  [/\.(?:model|predictor)\.storageUri$/, 'model'],
  [/^spec(?:\.predictor)?\.minReplicas$/, 'min replicas'],
  [/^spec(?:\.predictor)?\.maxReplicas$/, 'max replicas'],
  [/^spec\.replicas$/, 'replicas'],
  [/resources\.limits\["[^"]*gpu[^"]*"\]$/, 'GPUs'],
  [/resources\.requests\["[^"]*gpu[^"]*"\]$/, 'GPUs'],
  [/resources\.limits\.(cpu|memory)$/, '$1 limit'],
  [/resources\.requests\.(cpu|memory)$/, '$1 request'],
  [/\.env\[name=([^\]]+)\](?:\.value)?$/, 'env $1'],
  [/\.args$/, 'arguments'],
  [/\.command$/, 'command'],
  [/containerPort$/, 'port'],
  [/^spec\.rules\[host=([^\]]+)\]$/, 'ingress host $1'],
  [/^spec\.externalName$/, 'host'],
  [/terminationGracePeriodSeconds$/, 'grace period'],
]

const LONG = 40

function describe(name: string, { before, after }: FieldChange): string {
  if (after === undefined) return `removes ${name}`
  const [from, to] =
    name === 'image' ? versions(before, after) : [inlineValue(before), inlineValue(after)]
  if (to === undefined || to.length > LONG) return name
  return from === undefined || from.length > LONG ? `${name} ${to}` : `${name} ${from} → ${to}`
}

/** Two tags or digests of one repository are told by these alone. */
function versions(before: unknown, after: unknown): [string | undefined, string | undefined] {
  const [old, fresh] = [splitImage(before), splitImage(after)]
  const isSame = old?.repository === fresh?.repository
  return isSame ? [old?.version, fresh?.version] : [inlineValue(before), inlineValue(after)]
}

function splitImage(image: unknown): { repository: string; version: string } | undefined {
  if (typeof image !== 'string') return undefined
  const match = /^(.+?)(?::([^:/@]+))?(?:@(?:sha256:)?(.{7,12}).*)?$/.exec(image)
  const [, repository, tag, digest] = match ?? []
  const version = [tag, digest].filter(part => part !== undefined).join('@')
  return repository === undefined || version === '' ? undefined : { repository, version }
}
