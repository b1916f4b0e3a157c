import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Imported, LiveEndpoint } from '../import/index.ts'
import { keyOf, refOf, toYamlText, type KubeObject, type ObjectRef } from '../object/index.ts'
import { failure, SlipwayError, type Problem } from '../problem/index.ts'
import type { Environment } from '../spec/index.ts'
import { isThere, pathIn, writeNew } from './folder.ts'
import { asFile, openInto, renderedWith, type ImportInto, type Into } from './into.ts'
import { writeNewInside } from '../files/index.ts'

export interface ImportOneRequest extends ImportInto {
  type: { apiVersion: string; kind: string }
  name: string
  /** The environment's when left out. */
  namespace?: string | undefined
  /** The model server's, where it is unclear which one is. */
  container?: string | undefined
  /** Write the spec even though it is not valid, or applying it would take from others. */
  allowLoss?: boolean
  /** Write slipway's defaults where the live object has nothing. */
  improve?: boolean
  /** Write what its pods refer to beside it, too: ConfigMaps, templates of claims, and what makes its Secrets. */
  objects?: boolean
  /** Hears of kinds that may not be listed, and of who else answers for the object, before anything is written. */
  onProblems: (problems: readonly Problem[]) => void
}

/** An endpoint that was written. */
export interface ImportedOne extends Imported {
  endpoint: string
  environment: Environment
  /** Of its file, below the project. */
  path: string
  /** Of the files of its own objects. */
  beside: string[]
}

/**
 * Writes the endpoint of one live object into a project. Throws SlipwayError where there is none, where the file is there already, and,
 * unless that is allowed, where applying it would take from others.
 */
export async function importOne(request: ImportOneRequest): Promise<ImportedOne> {
  const { type, name, namespace, container, allowLoss = false, improve = false } = request
  const into = await openInto(request)
  const { environment } = into.set
  const ref = { ...type, namespace: namespace ?? environment.namespace, name }
  const { manifests, ...live } = await readLive(request, into, ref)
  const { endpointNameOf, importEndpoint } = await import('../import/index.ts')
  const endpoint = endpointNameOf(live.workload)
  const path = pathIn(into, endpoint)
  if (existsSync(join(into.directory, path))) throw isThere(path)
  const own = ownFiles(into, { endpoint, namespace: ref.namespace, manifests })
  const imported = await importEndpoint({
    ...live,
    container,
    improve,
    render: draft => renderedWith(draft, into),
  })
  if (!allowLoss && imported.losses.length > 0) throw new SlipwayError(imported.losses)
  await writeNew(into, asFile(imported.document, into))
  await writeOwn(into, own)
  return { ...imported, endpoint, environment, path, beside: own.map(file => file.path) }
}

async function readLive(
  { inCluster, onProblems, objects: withObjects = false }: ImportOneRequest,
  { set }: Into,
  ref: ObjectRef,
): Promise<LiveEndpoint & { manifests: KubeObject[] }> {
  const { outsidersFor, readOwnObjects, relatedRefs } = await import('../import/index.ts')
  return inCluster(set.environment, async cluster => {
    const workload = await cluster.get(ref)
    if (workload === undefined) throw isMissing(ref)
    const found = await Promise.all(relatedRefs(workload).map(each => cluster.get(each)))
    const related = found.filter(object => object !== undefined)
    const { others, problems } = await outsidersFor({ cluster, set, workload, related })
    const own = withObjects ? await readOwnObjects(cluster, workload) : NO_OBJECTS
    onProblems([...problems, ...own.problems])
    return { workload, related, others, manifests: own.manifests }
  })
}

const NO_OBJECTS = { manifests: [], problems: [] }

function isMissing({ kind, name, namespace = '' }: ObjectRef) {
  return failure('unknown-endpoint', `there is no ${kind} "${name}" in ${namespace}`, {
    remedy: 'Name its namespace with -n, and the cluster with --context.',
  })
}

/** A manifest that is to stand beside an endpoint. */
interface OwnFile {
  /** Below the project. */
  path: string
  text: string
}

interface Beside {
  endpoint: string
  /** Of the endpoint. */
  namespace: string
  manifests: readonly KubeObject[]
}

/** Those that the project does not have yet. Throws SlipwayError where a file of the name is there. */
function ownFiles(into: Into, { endpoint, namespace, manifests }: Beside): OwnFile[] {
  const known = new Set(into.objects.map(({ object }) => keyOf(refOf(object))))
  const files = manifests
    .filter(manifest => !known.has(keyOf({ ...refOf(manifest), namespace })))
    .map(manifest => ({
      path: `${into.folder}/${endpoint}.objects/${manifest.kind.toLowerCase()}-${manifest.metadata.name}.yaml`,
      text: toYamlText(manifest),
    }))
  const taken = files.find(({ path }) => existsSync(join(into.directory, path)))
  if (taken !== undefined) throw isThere(taken.path)
  return files
}

async function writeOwn({ directory }: Into, files: readonly OwnFile[]): Promise<void> {
  for (const { path, text } of files) {
    // oxlint-disable-next-line no-await-in-loop
    if (!(await writeNewInside({ folder: directory, path, text }))) throw isThere(path)
  }
}
