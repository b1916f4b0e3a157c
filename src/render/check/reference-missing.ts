import { SERVICE_ACCOUNT, isClusterWide, referencesOf, type Reference } from '../../kinds/index.ts'
import { namespaceOf } from './pods.ts'
import { nameOf, type Rule } from './rule.ts'

/** Whatever an object needs is rendered, or named in the spec and so known to be there already. */
export const referenceMissing: Rule = {
  id: 'reference-missing',
  find: view => {
    const declared = new Map(
      [...Map.groupBy(view.all, ({ endpoint }) => endpoint)].map(([endpoint, own]) => [
        endpoint,
        new Set(own.flatMap(({ unpatched }) => referencesOf(unpatched).map(keyOf))),
      ]),
    )
    return view.all.flatMap(rendering =>
      referencesOf(rendering.object).flatMap(reference => {
        const { kind, name, purpose } = reference
        const { endpoint, object } = rendering
        const namespace = isClusterWide(reference) ? '' : namespaceOf(object)
        const place = [kind, namespace, name] as const
        if (view.find(...place) !== undefined || view.isProvided(...place)) return []
        const toBeMade = kind === SERVICE_ACCOUNT.kind && makesAccount(endpoint.spec.serviceAccount)
        if (!toBeMade && declared.get(endpoint)?.has(keyOf(reference)) === true) return []
        return {
          rendering,
          field: toBeMade ? 'spec.serviceAccount' : 'spec',
          ...(toBeMade ? {} : { severity: 'warning' as const }),
          message: `${nameOf(rendering)} needs ${kind} ${name} (${purpose}), which is neither rendered nor named in the spec`,
          cause: 'Pods do not start without it.',
          remedy: toBeMade
            ? 'Leave the names of ServiceAccount and pods alike.'
            : `See that it exists in the ${namespace === '' ? 'cluster' : 'namespace'}; better, name it in the spec.`,
        }
      }),
    )
  },
}

function keyOf({ kind, name }: Reference): string {
  return `${kind}/${name}`
}

function makesAccount(account: object | undefined): boolean {
  return account !== undefined && 'create' in account && account.create === true
}
