import { kindOf } from '../../kinds/index.ts'
import type { Rendering } from '../rendered.ts'
import { nameOf } from './rule.ts'
import type { Rule } from './rule.ts'

interface Route {
  rendering: Rendering
  key: string
  url: string
}

/** No two routes of one class claim one host and path. */
export const hostClash: Rule = {
  id: 'host-clash',
  find: view => {
    const routes = Map.groupBy(view.having('route').flatMap(routesOf), ({ key }) => key)
    return [...routes.values()].flatMap(([first, ...others]) =>
      others.map(({ rendering, url }) => ({
        rendering,
        code: 'name-clash' as const,
        field: `${kindOf(rendering.object).field ?? 'spec'}.host`,
        message: `${nameOf(rendering)} claims ${url}, and so does ${first === undefined ? '' : nameOf(first.rendering)}`,
        cause: 'The ingress controller would send requests to one of the two, or refuse both.',
        remedy: 'Give one of them another host or path.',
      })),
    )
  },
}

function routesOf(rendering: Rendering): Route[] {
  const claims = kindOf(rendering.object).route?.claims(rendering.object) ?? []
  return claims.map(({ among, url }) => ({ rendering, url, key: `${among} ${url}` }))
}
