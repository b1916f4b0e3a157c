import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { InCluster } from '../cluster/index.ts'
import type { Draft, Rendered } from '../import/index.ts'
import { SlipwayError, type Problem } from '../problem/index.ts'
import { openProject, renderProject, type ProjectChoice } from '../project/index.ts'
import type { RenderedObject } from '../render/index.ts'
import type { EndpointFile } from '../scaffold/index.ts'
import { withFile, type EndpointSet } from '../spec/index.ts'
import { endpointFolder, pathIn, textIn, type EndpointFolder } from './folder.ts'

/** Of what is imported: the project that it goes into, and the cluster that it comes from. */
export interface ImportInto {
  /** Of the project. */
  directory: string
  choice: ProjectChoice
  inCluster: InCluster
}

/** The project that endpoints are imported into. */
export interface Into extends EndpointFolder {
  choice: ProjectChoice
  set: EndpointSet
  /** What it renders to as it is. */
  objects: readonly RenderedObject[]
}

export async function openInto({
  directory,
  choice,
}: Pick<ImportInto, 'directory' | 'choice'>): Promise<Into> {
  const { set, objects, problems } = await renderProject({ directory, choice })
  if (set === undefined) throw new SlipwayError(problems)
  return { choice, set, objects, ...(await endpointFolder(directory)) }
}

/** Where an endpoint of the name is, or its file would be. */
export function fileOf(into: Into, name: string): string | undefined {
  const { set, directory } = into
  const path = pathIn(into, name)
  const known = set.endpoints.find(endpoint => endpoint.name === name)
  if (known !== undefined) return known.placeOf('')?.file ?? path
  return existsSync(join(directory, path)) ? path : undefined
}

/** The project with an endpoint in it, before anything is written. */
export async function renderedWith(draft: Draft, into: Into): Promise<Rendered> {
  const { objects, problems } = await renderedWithAll([draft], into)
  const own = objects.filter(({ endpoint }) => endpoint.name === draft.metadata.name)
  return { objects: own.map(({ object }) => object), problems }
}

/** Those of the project with several. */
export async function problemsWith(drafts: readonly Draft[], into: Into): Promise<Problem[]> {
  const { problems } = await renderedWithAll(drafts, into)
  const names = new Map(drafts.map(({ metadata: { name } }) => [pathIn(into, name), name]))
  return problems.map(problem => {
    const name = names.get(problem.place?.file ?? '')
    return name === undefined ? problem : { ...problem, endpoint: name }
  })
}

async function renderedWithAll(drafts: readonly Draft[], into: Into) {
  const { choice, directory } = into
  let source = await openProject(directory)
  for (const draft of drafts) {
    const text = textIn(into, asFile(draft, into))
    source = withFile(source, { path: pathIn(into, draft.metadata.name), text })
  }
  return renderProject({ directory, choice, source })
}

/** The namespace is left to the environment where it is that one's. */
export function asFile({ metadata, ...draft }: Draft, { set }: Into): EndpointFile {
  const { namespace, ...rest } = metadata
  const isUsual = namespace === set.environment.namespace
  return {
    ...draft,
    metadata: isUsual || namespace === undefined ? rest : { ...rest, namespace },
  }
}
