import { failure, SlipwayError, type Problem } from '../problem/index.ts'
import { readSpecs, type ProjectChoice } from '../project/index.ts'
import {
  PROJECT_FILE,
  setOverlay,
  withFile,
  type Endpoint,
  type OverlayField,
  type Source,
} from '../spec/index.ts'
import { isAsWanted } from './version.ts'

export interface Target {
  directory: string
  /** Names the environment that is promoted to. */
  choice: ProjectChoice & { environment: string }
  /** The files now. */
  source: Source
}

export interface Writing {
  endpoint: string
  /** What the target has to be changed in, as the files of the moment give it. */
  fieldsFor: (endpoint: Endpoint) => readonly OverlayField[]
}

/**
 * The text of slipway.yaml with which the target has the fields of a version, and the fields that were written. What follows from others
 * is not written: a model's reference first, then what it does not bring. Throws SlipwayError `overlay-overridden` with both lines
 * where the endpoint's own file is stronger, and every problem of files that would not be valid.
 */
export async function writeVersion(
  target: Target,
  { text, endpoint: name, fieldsFor }: Writing & { text: string },
): Promise<{ text: string; fields: OverlayField[]; endpoint: Endpoint }> {
  const { environment } = target.choice
  const write = async (from: string, fields: readonly OverlayField[]) =>
    setOverlay(from, { environment, endpoint: name, fields })
  const wanted = fieldsFor((await endpointIn(target, text, name)).endpoint)
  const leading = wanted.filter(({ path }) => LEADING.has(path.join('.')))
  const first = await write(text, leading)
  const rest = fieldsFor((await endpointIn(target, first, name)).endpoint).filter(
    ({ path }) => !LEADING.has(path.join('.')),
  )
  const after = await write(first, rest)
  const fields = [...leading, ...rest]
  const { endpoint, problems } = await endpointIn(target, after, name)
  const vain = fields.find(field => !isAsWanted(endpoint, field))
  if (vain !== undefined) throw inVain(target, { endpoint, problems, field: vain })
  return { text: after, fields, endpoint }
}

/** What others follow from. */
const LEADING: ReadonlySet<string> = new Set(['image', 'model.ref'])

async function endpointIn(
  { directory, choice, source }: Target,
  text: string,
  name: string,
): Promise<{ endpoint: Endpoint; problems: readonly Problem[] }> {
  const edited = withFile(source, { path: PROJECT_FILE, text })
  const { value, problems } = await readSpecs({ directory, choice, source: edited })
  const endpoint = value?.endpoints.find(each => each.name === name)
  if (endpoint === undefined) throw new SlipwayError(problems)
  return { endpoint, problems }
}

interface Vain {
  endpoint: Endpoint
  problems: readonly Problem[]
  field: OverlayField
}

function inVain({ choice }: Target, { endpoint, problems, field }: Vain): SlipwayError {
  const path = field.path.join('.')
  const stronger = endpoint.originOf(`spec.${path}`)?.place
  const told = problems.find(
    ({ code, endpoint: of, message }) =>
      code === 'overlay-overridden' && of === endpoint.name && message.startsWith(`${path} `),
  )
  const ours = placeText(told?.place)
  const theirs = stronger === undefined ? 'another layer' : placeText(stronger)
  return failure(
    'overlay-overridden',
    `${path} of ${endpoint.name} cannot be promoted to ${choice.environment}: ${theirs} takes precedence over ${ours}, where it would be written`,
    {
      endpoint: endpoint.name,
      ...(stronger && { place: stronger }),
      cause:
        "An endpoint's own file takes precedence over an overlay, and is the same for every environment.",
      remedy: `Remove ${path} from ${stronger?.file ?? 'it'}, and set it in the overlay of each environment.`,
    },
  )
}

function placeText(place: Problem['place']): string {
  if (place === undefined) return `the overlay in ${PROJECT_FILE}`
  return `${place.file}:${place.line}:${place.column}`
}
