import { SERVICE, isOf } from '../../kinds/index.ts'
import type { Rendering } from '../rendered.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'

/** RFC 1035: names of Services are names of hosts. */
const HOST = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/
/** RFC 1123 subdomain: everything else. */
const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/

/** Every object has a name that the API server takes. */
export const objectNames: Rule = {
  id: 'object-names',
  find: view => view.all.flatMap(nameFits),
}

function nameFits(rendering: Rendering): Findings {
  const { kind, metadata } = rendering.object
  const isService = isOf(rendering.object, SERVICE)
  const fits = isService ? HOST.test(metadata.name) : NAME.test(metadata.name)
  if (fits && metadata.name.length <= 253) return []
  return {
    rendering,
    field: 'metadata.name',
    message: `${nameOf(rendering)} has a name that a ${kind} cannot have`,
    cause: isService
      ? 'A Service’s name begins with a letter and has at most 63 lower case letters, digits and "-".'
      : 'A name has at most 253 lower case letters, digits, "-" and ".".',
    remedy:
      rendering.endpoint.isManifest === true
        ? 'Correct metadata.name, and whatever refers to it.'
        : 'Rename the endpoint: begin with a letter, at most 59 characters.',
  }
}
