import type { ExecutionContext } from 'ava'
import type { Problem } from '../../src/problem/index.ts'
import { loadSet, type Endpoint, type EndpointSet } from '../../src/spec/index.ts'
import { memorySource } from './memory-source.ts'

const HEAD = 'apiVersion: slipway.dev/v1alpha1\n'

/** An Endpoint document; `spec` is YAML in flow or block form. */
export function endpointFile(spec: string, metadata = '{name: chat}'): string {
  return `${HEAD}kind: Endpoint\nmetadata: ${metadata}\nspec:\n${indent(spec, 2)}\n`
}

/** slipway.yaml with one environment `production`; quiet policies unless it says otherwise. */
export function projectFile({ environment = '', spec = '' } = {}): string {
  const policies = environment.includes('policies:')
    ? ''
    : '      policies: {missingRequests: off, mutableTag: off}\n'
  return `${HEAD}kind: Project
metadata: {name: test}
spec:
${spec === '' ? '' : `${indent(spec, 2)}\n`}  environments:
    production:
      namespace: llm-ops
${policies}${environment === '' ? '' : `${indent(environment, 6)}\n`}`
}

export function catalogueFile(kind: 'ModelCatalogue' | 'ImageCatalogue', entries: string): string {
  const name = kind === 'ModelCatalogue' ? 'models' : 'images'
  return `${HEAD}kind: ${kind}\nspec:\n  ${name}:\n${indent(entries, 4)}\n`
}

function indent(text: string, by: number): string {
  return text
    .trim()
    .split('\n')
    .map(line => `${' '.repeat(by)}${line}`)
    .join('\n')
}

export type Files = Record<string, string | Uint8Array>

export async function load(files: Files): Promise<{ value?: EndpointSet; problems: Problem[] }> {
  const all = { 'slipway.yaml': projectFile(), ...files }
  return loadSet({ source: memorySource(Object.entries(all)) })
}

/** The endpoint of `endpoints/chat.yaml`, loaded without any problem. */
export async function loadChat(t: ExecutionContext, files: Files): Promise<Endpoint> {
  const { value, problems } = await load(files)
  t.deepEqual(problems, [])
  const chat = value?.endpoints.find(({ name }) => name === 'chat')
  if (chat === undefined) throw new Error('there is no endpoint chat')
  return chat
}

/** `file:line:column severity code: message`. */
export function problemText({ place, severity, code, message }: Problem): string {
  const where = place === undefined ? '-' : `${place.file}:${place.line}:${place.column}`
  return `${where} ${severity} ${code}: ${message}`
}

/** `endpoint endpoints/chat.yaml:5:3`, `built-in`. */
export function originText(endpoint: Endpoint, path: string): string | undefined {
  const origin = endpoint.originOf(path)
  if (origin === undefined) return undefined
  const { layer, place } = origin
  return place === undefined ? layer : `${layer} ${place.file}:${place.line}:${place.column}`
}
