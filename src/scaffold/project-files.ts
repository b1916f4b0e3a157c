import { editorSettings, modeline, schemaFiles } from './editor.ts'
import { endpointFile } from './endpoint-file.ts'
import { ownFiles } from '../package/index.ts'
import { inFolder, type PipelinePlace } from './pipeline-folder.ts'

export interface ProjectChoices {
  /** Of the project; names the set in the cluster. */
  name: string
  environment: string
  namespace: string
  /** kubeconfig context; the current one when left out. */
  context?: string | undefined
  /** Of the project, from the root of its repository; '' where it is the root. */
  folder: string
}

export interface ScaffoldedFile {
  path: string
  /** What the path counts from. */
  from: 'project' | 'repository'
  text: string
}

/** Everything of a repository that can be pushed: project, one endpoint, pipeline, settings of git and of editors. */
export function projectFiles(choices: ProjectChoices): ScaffoldedFile[] {
  const { name: project, folder } = choices
  const own = [
    { path: 'slipway.yaml', text: projectText(choices) },
    { path: 'endpoints/hello.yaml', text: helloText() },
    { path: '.gitattributes', text: ATTRIBUTES },
    { path: '.gitignore', text: 'node_modules/\n' },
    { path: '.vscode/settings.json', text: editorSettings() },
    ...schemaFiles(),
  ]
  return [
    ...own.map(file => ({ ...file, from: 'project' as const })),
    ...pipelineFiles({ folder, project }).map(file => ({ ...file, from: 'repository' as const })),
  ]
}

/** Line ends are part of what is hashed and compared, so they are the same on every machine. */
const ATTRIBUTES = `* text=auto eol=lf
.slipway/*.json linguist-generated
package-lock.json linguist-generated
`

function projectText({ name, environment, namespace, context }: ProjectChoices): string {
  const where = context === undefined ? '' : `context: ${context}, `
  return `${modeline('Project', 0)}apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: ${name} }
spec:
  # For every endpoint that does not say otherwise.
  defaults:
    smoke: [{ get: /health }]

  environments:
${context === undefined ? NO_CONTEXT : ''}    ${environment}: { ${where}namespace: ${namespace}, createNamespace: true }
`
}

/** Whoever applies from a machine with several clusters had better say which. */
const NO_CONTEXT = `    # No context is named, so the current one of the kubeconfig is used. To name one: context: NAME
`

function helloText(): string {
  return endpointFile({
    depth: 1,
    comments: ['An example: put your own image in its place. Every field: slipway schema'],
    metadata: { name: 'hello' },
    spec: {
      image: 'registry.example.com/hello:1.0.0',
      resources: { cpu: { request: '250m', limit: '1' }, memory: '512Mi' },
      loadTime: '2m',
    },
  })
}

/**
 * The workflows of the package's `templates/github` and the action that they share, by path from the root of the repository, where
 * GitHub looks for them. Byte for byte for a project at the root; else they work in its folder.
 */
function pipelineFiles(place: PipelinePlace): { path: string; text: string }[] {
  return ownFiles('templates/github').map(file => {
    const path = `.github/${file.path}`
    return place.folder === ''
      ? { path, text: file.text }
      : inFolder({ path, text: file.text }, place)
  })
}
