import { kindOf } from '../../kinds/index.ts'
import { checkReferences } from '../../plan/index.ts'
import type { ExternalReference } from '../../render/index.ts'
import { about, type Check, type Finding } from '../finding.ts'

/** Secrets, ConfigMaps, ServiceAccounts and claims that the objects name and the set does not bring (K5). */
export const references: Check = async ({ cluster, objects }) => {
  const { missing, unseen, found } = await checkReferences(cluster, objects)
  if (missing.length + unseen.length + found.length === 0)
    return about('references').notNeeded('no object needs another one')
  const findings = [
    ...finding(found, reference => ({ ...named(reference), state: 'ok' })),
    ...finding(missing, reference => ({
      ...named(reference),
      ...missingAs(reference),
      remedy: `Create it, or correct the name: kubectl ${reference.namespace === '' ? '' : `-n ${reference.namespace} `}get ${reference.kind.toLowerCase()}.`,
    })),
    ...finding(unseen, reference =>
      about(named(reference).check).unseen(
        `no permission to get it; needed by ${reference.endpoint.name}`,
      ),
    ),
  ]
  return findings.toSorted((a, b) => (a.check < b.check ? -1 : 1))
}

function missingAs(reference: ExternalReference): Pick<Finding, 'state' | 'message'> {
  const { needed } = kindOf(reference)
  const { message } = named(reference)
  return needed?.isReplaceable
    ? { state: 'warning', message: `${message}; ${needed.consequence}` }
    : { state: 'missing', message }
}

function named({ kind, namespace, name, purpose, endpoint }: ExternalReference) {
  return {
    check: `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`,
    message: `${purpose} of ${endpoint.name}`,
  }
}

/** One for each object, however many endpoints need it. */
function finding(
  all: readonly ExternalReference[],
  describe: (reference: ExternalReference) => Finding,
): Finding[] {
  const byCheck = new Map(all.map(describe).map(each => [each.check, each]))
  return [...byCheck.values()]
}
