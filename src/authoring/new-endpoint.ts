import { failure, type Problem, type SlipwayError } from '../problem/index.ts'
import { openProject, renderEnvironments } from '../project/index.ts'
import { newEndpoint, type Answers } from '../scaffold/index.ts'
import { endpointFiles } from '../spec/index.ts'
import { endpointFolder, writeNew, type EndpointFolder } from './folder.ts'

/** An endpoint that a project does not have yet. */
export interface NewEndpoint {
  place: EndpointFolder
  name: string
}

/** Throws SlipwayError `usage` where the project has an endpoint of the name, or where nothing can have it. */
export async function checkNewEndpoint(directory: string, name: string): Promise<NewEndpoint> {
  if (!/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
    throw failure('usage', `"${name}" cannot be the name of an endpoint`, {
      remedy: 'Use lower case letters, digits and dashes, beginning with a letter.',
    })
  }
  const [file] = (await endpointFiles(await openProject(directory))).get(name) ?? []
  if (file !== undefined) throw taken(name, file)
  return { place: await endpointFolder(directory), name }
}

/** Writes its file; resolves to where, below the project, and to what is wrong with it in any environment. */
export async function writeNewEndpoint(
  { place, name }: NewEndpoint,
  answers: Answers,
): Promise<{ path: string; problems: Problem[] }> {
  const file = { metadata: { name }, spec: newEndpoint(answers) }
  const path = await writeNew(place, file, there => taken(name, there))
  const { problems } = await renderEnvironments({ directory: place.directory, choice: {} })
  return { path, problems: problems.filter(problem => problem.place?.file === path) }
}

function taken(name: string, file: string): SlipwayError {
  return failure('usage', `the endpoint "${name}" already exists, in ${file}`, {
    remedy: 'Choose another name, or edit that file.',
  })
}
