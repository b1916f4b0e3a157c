import { defined } from '../object/index.ts'
import { problemWith, type Place, type Problem, type Loaded } from '../problem/index.ts'
import { singleDocument } from './documents.ts'
import { checkFields } from './fields/check.ts'
import { readFile } from './files.ts'
import { checkGroups } from './groups.ts'
import { prepareLayers, restoreNulls } from './layers/prepare.ts'
import { projectDocument, type Project } from './schema/project.ts'
import type { Source } from './source.ts'
import type { YamlFile } from './yaml/file.ts'
import { keyOffset, nodeAt, type Path, type YamlNode } from './yaml/node.ts'

export const PROJECT_FILE = 'slipway.yaml'

/** slipway.yaml, read. */
export interface ReadProject {
  document: Project
  hasNulls: boolean
  placeOf: (path: Path) => Place
  /** The place of an offset in the text at a path. */
  placeIn: (path: Path, offset: number) => Place
}

export async function readProject(source: Source): Promise<Loaded<ReadProject>> {
  const read = await readFile(source, PROJECT_FILE)
  if (read === undefined) return { problems: [noProject(source)] }
  if (read.file === undefined) return { problems: read.problems }
  const { root, problems } = singleDocument(read.file, 'Project')
  return root === undefined ? { problems } : parseProject(read.file, root)
}

function parseProject(file: YamlFile, root: YamlNode): Loaded<ReadProject> {
  const { value, removed } = prepareLayers(root, layerPaths(root))
  const checked = checkFields(projectDocument, { file, node: root, value, path: [] })
  if (checked.value === undefined) return { problems: checked.problems }
  restoreNulls(checked.value, removed)
  const placeOf = (path: Path) => file.placeAt(keyOffset(root, path))
  const placeIn = (path: Path, offset: number) => {
    const node = nodeAt(root, path)
    return node === undefined ? placeOf(path) : file.placeIn(node, offset)
  }
  const project = { document: checked.value, hasNulls: removed.length > 0, placeOf, placeIn }
  const problems = checkGroups(project)
  return problems.length === 0 ? { value: project, problems } : { problems }
}

/** Where slipway.yaml holds fields of a spec. */
function layerPaths(root: YamlNode): Path[] {
  const below = (path: Path) => [...(nodeAt(root, path)?.entries?.keys() ?? [])]
  const environments = ['spec', 'environments']
  return [
    ['spec', 'defaults'],
    ...below(['spec', 'servingTargets']).map(name => ['spec', 'servingTargets', name]),
    ...below(environments).flatMap(name => {
      const overlay = [...environments, name, 'overlay']
      return [...(nodeAt(root, overlay)?.items?.keys() ?? [])].map(index => [...overlay, index])
    }),
  ]
}

/** The name of the project in a source; undefined where there is none, or none that can be read. */
export async function projectName(source: Source): Promise<string | undefined> {
  const { value } = await readProject(source)
  return value?.document.metadata.name
}

/** Names of a project's environments, in the order of slipway.yaml; empty where it cannot be read. */
export async function listEnvironments(source: Source): Promise<string[]> {
  const { value } = await readProject(source)
  return Object.keys(value?.document.spec.environments ?? {})
}

/** An environment as slipway.yaml has it. */
export interface DescribedEnvironment {
  name: string
  namespace?: string
  /** kubeconfig context; the current one when absent. */
  context?: string
  /** Whether pipelines apply it. */
  pipeline: boolean
  /** Those that it is in; absent where it is in none. */
  groups?: string[]
}

/** A project's environments, in the order of slipway.yaml; what is wrong with it otherwise is not looked for. */
export async function describeEnvironments(
  source: Source,
): Promise<Loaded<DescribedEnvironment[]>> {
  const { value, problems } = await readProject(source)
  if (value === undefined) return { problems }
  const { environments, groups = {}, namespace: common } = value.document.spec
  const described = Object.entries(environments).map(([name, spec]) => {
    const { namespace = common, context, pipeline = true } = spec
    const own = Object.keys(groups).filter(group => groups[group]?.includes(name) === true)
    return {
      name,
      ...defined({ namespace, context }),
      pipeline,
      ...(own.length > 0 && { groups: own }),
    }
  })
  return { value: described, problems }
}

function noProject(source: Source): Problem {
  return problemWith({
    code: 'no-project',
    message: `there is no ${PROJECT_FILE} in ${source.description}`,
    remedy: 'Run "slipway init" to make a project here, or name its directory with -C.',
  })
}
