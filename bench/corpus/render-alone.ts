import type { Draft, Rendered } from '../../src/import/index.ts'
import { renderProject } from '../../src/project/index.ts'
import { endpointFile } from '../../src/scaffold/index.ts'
import type { Catalogue } from './runtimes.ts'

const PROJECT = `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: corpus}
spec:
  environments:
    default: {namespace: default}
`

/** Renders a document in a project that has nothing else but a catalogue of serving runtimes. */
export async function renderAlone(
  { metadata, spec }: Draft,
  runtimes: Catalogue = {},
): Promise<Rendered> {
  const { namespace: _namespace, ...rest } = metadata
  const files = new Map([
    ['slipway.yaml', PROJECT],
    ...Object.entries(runtimes),
    ['endpoints/imported.yaml', endpointFile({ metadata: rest, spec })],
  ])
  const source = {
    description: 'the corpus',
    list: async (folder: string) => [...files.keys()].filter(path => path.startsWith(`${folder}/`)),
    read: async (path: string) => {
      const text = files.get(path)
      return text === undefined ? undefined : new TextEncoder().encode(text)
    },
  }
  const { objects, problems } = await renderProject({ directory: '.', choice: {}, source })
  return { objects: objects.map(({ object }) => object), problems }
}
