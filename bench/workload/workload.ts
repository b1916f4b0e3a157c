import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { APPLYSET, toYamlText, type KubeObject } from '../../src/object/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { loadSet, openFolder } from '../../src/spec/index.ts'
import {
  endpointFile,
  endpointName,
  ENVIRONMENT,
  writeEndpoint,
  writeProjectFile,
} from './specs.ts'

/** The same endpoints in two forms: specs in git for slipway, and what slipway renders of them for the others. */
export interface Workload {
  namespace: string
  /** A git repository with the specs. */
  project: string
  /** One file of manifests per endpoint, without the label of slipway's set: each tool has one of its own. */
  manifests: string
  /** As they are desired now. */
  objects: readonly KubeObject[]
  /** That were desired before the latest change. */
  removed: readonly KubeObject[]
}

interface Place {
  folder: string
  namespace: string
}

export async function createWorkload(
  { folder, namespace }: Place,
  count: number,
): Promise<Workload> {
  const [project, manifests] = [join(folder, 'project'), join(folder, 'chart/templates')]
  for (const path of [project, manifests]) mkdirSync(path, { recursive: true })
  writeProjectFile(project, namespace)
  for (let index = 0; index < count; index += 1)
    writeEndpoint(project, endpointName(index), FIRST_VERSION)
  git(project, 'init', '--quiet')
  return render({ namespace, project, manifests, objects: [], removed: [] })
}

const FIRST_VERSION = '1.0.0'
/** Of the endpoint that changes: the last one, which is never pruned. */
export const CHANGED_VERSION = '2.0.0'

/** Another image for one endpoint. */
export async function changeOne(workload: Workload): Promise<Workload> {
  const name = workload.objects.findLast(({ kind }) => kind === 'Deployment')?.metadata.name ?? ''
  writeEndpoint(workload.project, name, CHANGED_VERSION)
  return render(workload)
}

/** Removes a tenth of the endpoints. */
export async function pruneTenth(workload: Workload): Promise<Workload> {
  const names = workload.objects.filter(isDeployment).map(({ metadata }) => metadata.name)
  const going = names.slice(0, Math.ceil(names.length / 10))
  for (const name of going) {
    rmSync(endpointFile(workload.project, name))
    rmSync(manifestFile(workload, name))
  }
  return render(workload)
}

export const isDeployment = ({ kind }: KubeObject) => kind === 'Deployment'

async function render(workload: Workload): Promise<Workload> {
  const { project } = workload
  commit(project)
  const loaded = await loadSet({ source: openFolder(project), environment: ENVIRONMENT })
  if (loaded.value === undefined) throw new Error(JSON.stringify(loaded.problems))
  const rendered = renderSet(loaded.value).objects
  for (const [name, group] of Map.groupBy(rendered, ({ endpoint }) => endpoint.name)) {
    const texts = group.map(({ object }) => toYamlText(withoutSet(object)))
    writeFileSync(manifestFile(workload, name), texts.join('---\n'))
  }
  const objects = rendered.map(({ object }) => object)
  const names = new Set(objects.map(nameOf))
  const removed = workload.objects.filter(object => !names.has(nameOf(object)))
  return { ...workload, objects, removed }
}

const nameOf = ({ kind, metadata }: KubeObject) => `${kind}/${metadata.name}`

function manifestFile({ manifests }: Workload, name: string): string {
  return join(manifests, `${name}.yaml`)
}

function withoutSet(object: KubeObject): KubeObject {
  const { [APPLYSET.partOf]: _set, ...labels } = object.metadata.labels ?? {}
  return { ...object, metadata: { ...object.metadata, labels } }
}

function commit(project: string): void {
  git(project, 'add', '--all')
  const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com']
  git(project, ...author, 'commit', '--quiet', '--allow-empty', '--message', 'As it is now')
}

function git(directory: string, ...args: string[]): void {
  execFileSync('git', ['-C', directory, ...args], { stdio: 'ignore' })
}
