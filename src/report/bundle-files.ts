import type { Bundle } from '../doctor/index.ts'
import { cleanText } from '../foreign/index.ts'
import { bundleAsMarkdown, bundleAsText } from './markdown/bundle.ts'
import { jsonData } from './outgoing.ts'

/** The files of a bundle by path, below a folder of the endpoint's name. */
export function bundleFiles(bundle: Bundle): Record<string, string> {
  const { endpoint, objects, logs, status } = bundle
  const items = { apiVersion: 'v1', kind: 'List', items: objects }
  const files: Record<string, string> = {
    'diagnosis.md': bundleAsMarkdown(bundle),
    'diagnosis.txt': bundleAsText(bundle),
    'status.json': jsonData(status),
    'objects.json': jsonData(items),
  }
  for (const { pod, container, previous, text } of logs)
    files[`logs/${named(`${pod}.${container}`)}${previous ? '.previous' : ''}.log`] =
      `${cleanText(text)}\n`
  const entries = Object.entries(files)
  return Object.fromEntries(entries.map(([name, text]) => [`${named(endpoint)}/${name}`, text]))
}

/** Names come from the cluster: none of them is a path. */
function named(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '_').replace(/^\.+$/, '_')
}
