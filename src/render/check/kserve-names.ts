import { KSERVE, predictorName } from '../../kinds/index.ts'
import type { Rendering } from '../rendered.ts'
import { namespaceOf } from './pods.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'

/** `isvc.<name>-predictor` is a label value, of at most 63 characters. */
const LONGEST = 48

/** KServe's webhook takes names that its own children then cannot have: the reconcile fails later, in an event (K10). */
export const kserveNames: Rule = {
  id: 'kserve-names',
  find: view => view.ofKind(KSERVE).flatMap(namesFit),
}

function namesFit(rendering: Rendering): Findings {
  const { name } = rendering.object.metadata
  const host = `${predictorName(name)}-${namespaceOf(rendering.object)}`
  const finding = (message: string, remedy: string) => ({
    rendering,
    field: 'metadata.name',
    message: `${nameOf(rendering)} ${message}`,
    cause: 'KServe accepts it and then fails to make its Deployment or Ingress.',
    remedy,
  })
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name))
    return finding('does not begin with a letter', 'Begin the name with a letter from a to z.')
  if (name.length > LONGEST) {
    return finding(
      `has a name of ${name.length} characters; KServe has room for ${LONGEST}`,
      `Shorten the name to ${LONGEST} characters.`,
    )
  }
  if (host.length <= 63) return []
  return finding(
    `gets the host name ${host}, of ${host.length} characters; 63 are allowed`,
    `Shorten the name, or the namespace, by ${host.length - 63}.`,
  )
}
