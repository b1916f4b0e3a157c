import type { KubeObject } from '../../src/object/index.ts'
import {
  importEndpoint,
  type Draft,
  type Imported,
  type ImportRequest,
} from '../../src/import/index.ts'
import { SlipwayError } from '../../src/problem/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { completeEndpoint } from '../../src/spec/index.ts'
import { aSet } from './endpoint.ts'

/** Imports live objects into a project that has nothing else. */
export async function imported(
  request: Omit<ImportRequest, 'render' | 'related'> & Partial<Pick<ImportRequest, 'related'>>,
): Promise<Imported> {
  return importEndpoint({ related: [], ...request, render: async draft => rendered(draft) })
}

export function rendered({ metadata, spec }: Draft): Imported['rendered'] {
  try {
    const document = {
      apiVersion: 'slipway.dev/v1alpha1',
      kind: 'Endpoint',
      metadata,
      spec,
    } as const
    const set = aSet([completeEndpoint(document, { namespace: 'llm' })])
    const { objects, problems } = renderSet(set)
    return { objects: objects.map(({ object }) => object), problems }
  } catch (error) {
    if (error instanceof SlipwayError) return { objects: [], problems: error.problems }
    throw error
  }
}

/** The rendered object that takes the place of a live one. */
export function becomes({ rendered: { objects } }: Imported, live: KubeObject): KubeObject {
  const found = objects.find(
    ({ kind, metadata }) => kind === live.kind && metadata.name === live.metadata.name,
  )
  if (found === undefined) throw new Error(`no ${live.kind} ${live.metadata.name} is rendered`)
  return found
}
