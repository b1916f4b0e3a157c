import { claimsOf, contestedBy, isOf, kindOf } from '../../kinds/index.ts'
import type { Rendering } from '../rendered.ts'
import { nameOf, type Finding, type Findings, type Rule } from './rule.ts'

/** No two routes of one class or gateway claim one host and path, nor two of different kinds, unless both are of one endpoint. */
export const hostClash: Rule = {
  id: 'host-clash',
  find: view => {
    const claimed = view
      .having('route')
      .flatMap(rendering => claimsOf(rendering.object).map(({ url }) => ({ rendering, url })))
    const routes = Map.groupBy(claimed, ({ url }) => url)
    return [...routes].map(([url, claims]) =>
      clashes(url, [...new Set(claims.map(({ rendering }) => rendering))]),
    )
  },
}

function clashes(url: string, routes: readonly Rendering[]): Findings {
  return routes.map((rendering, index) => {
    const first = routes.slice(0, index).find(other => isClash(rendering, other))
    return first === undefined ? undefined : finding(url, rendering, first)
  })
}

/** An endpoint on its way from an Ingress to a gateway has both. */
function isClash(one: Rendering, other: Rendering): boolean {
  const isOwn = one.endpoint === other.endpoint && !isOf(one.object, other.object)
  return !isOwn && contestedBy(one.object, other.object) !== undefined
}

function finding(url: string, rendering: Rendering, first: Rendering): Finding {
  return {
    rendering,
    code: 'name-clash',
    field: `${kindOf(rendering.object).field ?? 'spec'}.host`,
    message: `${nameOf(rendering)} claims ${url}, and so does ${nameOf(first)}`,
    cause: isOf(rendering.object, first.object)
      ? 'The controller would send requests to one of the two, or refuse both.'
      : 'Where the host’s name leads decides which of the two gets the requests.',
    remedy: 'Give one of them another host or path.',
  }
}
