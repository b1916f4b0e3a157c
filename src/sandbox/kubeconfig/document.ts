import { isMap, isSeq, parseDocument, type Document } from 'yaml'
import { failure } from '../../problem/index.ts'

/** The three lists of a kubeconfig, with the key that holds an entry's content. */
const LISTS = { clusters: 'cluster', users: 'user', contexts: 'context' } as const

/** What one context needs, credentials included. */
export interface ContextEntry {
  name: string
  server: string
  /** PEM texts. */
  certificateAuthority: string
  clientCertificate: string
  clientKey: string
}

export function parseKubeconfig(text: string, file: string): Document {
  const document = parseDocument(text.trim() === '' ? EMPTY : text)
  if (document.errors.length === 0 && isMap(document.contents)) return document
  throw failure('kubeconfig', `${file} is not a kubeconfig: it was left as it is`, {
    ...(document.errors[0] && { cause: document.errors[0].message }),
    remedy: 'Repair the file, or give another one with --kubeconfig.',
  })
}

const EMPTY = 'apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n'

/** Adds or replaces the cluster, user and context of that name; touches nothing else. */
export function setEntry(document: Document, entry: ContextEntry): void {
  const { name } = entry
  removeEntry(document, name)
  append(document, 'clusters', name, {
    'certificate-authority-data': base64(entry.certificateAuthority),
    server: entry.server,
  })
  append(document, 'contexts', name, { cluster: name, user: name })
  append(document, 'users', name, {
    'client-certificate-data': base64(entry.clientCertificate),
    'client-key-data': base64(entry.clientKey),
  })
}

export function removeEntry(document: Document, name: string): void {
  for (const list of Object.keys(LISTS)) {
    const items = document.get(list)
    if (!isSeq(items)) continue
    items.items = items.items.filter(item => !isMap(item) || item.get('name') !== name)
  }
}

function append(document: Document, list: keyof typeof LISTS, name: string, content: object) {
  if (!isSeq(document.get(list))) document.set(list, document.createNode([]))
  const items = document.get(list)
  if (!isSeq(items)) return
  // An empty list is written `[]`; with entries it reads better as a block.
  items.flow = false
  items.add(document.createNode({ [LISTS[list]]: content, name }))
}

export function hasEntries(document: Document): boolean {
  return Object.keys(LISTS).some(list => {
    const items = document.get(list)
    return isSeq(items) && items.items.length > 0
  })
}

export function hasContext(document: Document, name: string): boolean {
  const items = document.get('contexts')
  return isSeq(items) && items.items.some(item => isMap(item) && item.get('name') === name)
}

/** The current context, or undefined when there is none. */
export function currentContext(document: Document): string | undefined {
  const value = document.get('current-context')
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** As text, in the layout that the file had: kubectl does not indent list items under their key. */
export function printKubeconfig(document: Document, before: string): string {
  const indentSeq = /^\w+:[^\n]*\n +- /m.test(before)
  return document.toString({ lineWidth: 0, indentSeq, flowCollectionPadding: false })
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
