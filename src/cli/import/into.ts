import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeNewInside } from '../../files/index.ts'
import type { Draft, Imported } from '../../import/index.ts'
import type { Problem } from '../../problem/index.ts'
import { failure, SlipwayError } from '../../problem/index.ts'
import { openProject, renderProject } from '../../project/index.ts'
import type { EndpointSet } from '../../spec/index.ts'
import type { ProjectArgs } from '../project.ts'

/** The project that endpoints are imported into. */
export interface Into {
  args: ProjectArgs
  directory: string
  set: EndpointSet
  /** Of endpoints, below the project. */
  folder: string
}

export async function openInto(args: ProjectArgs, directory: string): Promise<Into> {
  const { projectPaths } = await import('../../spec/index.ts')
  const { set, problems } = await renderProject({ directory, choice: args })
  if (set === undefined) throw new SlipwayError(problems)
  const [, folder = 'endpoints'] = await projectPaths(await openProject(directory))
  return { args, directory, set, folder }
}

export function pathIn({ folder }: Into, name: string): string {
  return `${folder}/${name}.yaml`
}

export function isThere(path: string) {
  return failure('usage', `${path} already exists`, {
    remedy: 'Move it away, or compare it with "slipway diff".',
  })
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
export async function renderedWith(draft: Draft, into: Into): Promise<Imported['rendered']> {
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
  const { withFile } = await import('../../spec/index.ts')
  const { args, directory } = into
  let source = await openProject(directory)
  for (const draft of drafts) {
    const text = await textOf(draft, into)
    source = withFile(source, { path: pathIn(into, draft.metadata.name), text })
  }
  return renderProject({ directory, choice: args, source })
}

/** The namespace is left to the environment where it is that one's. */
async function textOf({ metadata, ...draft }: Draft, into: Into): Promise<string> {
  const { endpointFile, SCHEMA_FOLDER } = await import('../../scaffold/index.ts')
  const { directory, set, folder } = into
  const { namespace, ...rest } = metadata
  const isUsual = namespace === set.environment.namespace
  const hasSchema = existsSync(join(directory, SCHEMA_FOLDER, 'endpoint.schema.json'))
  return endpointFile({
    ...draft,
    metadata: isUsual || namespace === undefined ? rest : { ...rest, namespace },
    ...(hasSchema ? { depth: folder.split('/').length } : {}),
  })
}

export async function writeNew(draft: Draft, into: Into): Promise<void> {
  const path = pathIn(into, draft.metadata.name)
  const text = await textOf(draft, into)
  if (!(await writeNewInside({ folder: into.directory, path, text }))) throw isThere(path)
}
