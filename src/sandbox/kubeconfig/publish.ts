import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  currentContext,
  hasContext,
  hasEntries,
  parseKubeconfig,
  printKubeconfig,
  removeEntry,
  setEntry,
  type ContextEntry,
} from './document.ts'
import { changeKubeconfig, readKubeconfig, userKubeconfigs, writableKubeconfig } from './files.ts'

/** Where a sandbox's context was put: remembered so that `down` leaves the file as it was. */
export interface PublishedContext {
  file: string
  /** The file was not there before, and goes again when nothing else is in it. */
  created: boolean
  /** The current context of that moment. */
  previousContext?: string
}

/**
 * Puts the context into the given kubeconfig, or into the user's. The current context is set only where there is none:
 * starting a sandbox must not redirect anybody's next kubectl command.
 */
export async function publishContext(
  entry: ContextEntry,
  kubeconfig: string | undefined,
): Promise<PublishedContext> {
  const files = kubeconfig === undefined ? userKubeconfigs() : [path.resolve(kubeconfig)]
  const file = writableKubeconfig(files)
  const created = !existsSync(file)
  const previousContext = firstCurrentContext(files)
  await changeKubeconfig(file, text => {
    const document = parseKubeconfig(text, file)
    setEntry(document, entry)
    if (previousContext === undefined) document.set('current-context', entry.name)
    return printKubeconfig(document, text)
  })
  return { file, created, ...(previousContext !== undefined && { previousContext }) }
}

/** Takes the context out again. A current context that would point at it falls back to the one before, or to none. */
export async function withdrawContext(name: string, published: PublishedContext): Promise<void> {
  if (!existsSync(published.file)) return
  await changeKubeconfig(published.file, text => {
    const document = parseKubeconfig(text, published.file)
    removeEntry(document, name)
    if (currentContext(document) === name) restoreCurrent(document, published.previousContext)
    if (published.created && !hasEntries(document)) return undefined
    return printKubeconfig(document, text)
  })
}

function restoreCurrent(
  document: ReturnType<typeof parseKubeconfig>,
  previous: string | undefined,
): void {
  if (previous !== undefined && hasContext(document, previous)) {
    document.set('current-context', previous)
  } else {
    document.delete('current-context')
  }
}

function firstCurrentContext(files: readonly string[]): string | undefined {
  return files
    .map(file => currentContext(parseKubeconfig(readKubeconfig(file), file)))
    .find(context => context !== undefined)
}

/** Reads the certificates that kwokctl made for its administrator. */
export function entryOf(name: string, stateDirectory: string, server: string): ContextEntry {
  const read = (file: string) => readFileSync(path.join(stateDirectory, 'pki', file), 'utf8')
  return {
    name,
    server,
    certificateAuthority: read('ca.crt'),
    clientCertificate: read('admin.crt'),
    clientKey: read('admin.key'),
  }
}
