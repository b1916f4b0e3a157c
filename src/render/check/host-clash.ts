import { at, entries, text } from '../../object/index.ts'
import type { Rendering } from '../rendered.ts'
import { nameOf } from './rule.ts'
import type { Rule } from './rule.ts'

interface Route {
  rendering: Rendering
  key: string
  url: string
}

/** No two Ingresses of one class claim one host and path. */
export const hostClash: Rule = {
  id: 'host-clash',
  find: view => {
    const routes = Map.groupBy(view.ofKind('Ingress').flatMap(routesOf), ({ key }) => key)
    return [...routes.values()].flatMap(([first, ...others]) =>
      others.map(({ rendering, url }) => ({
        rendering,
        code: 'name-clash' as const,
        field: 'spec.ingress.host',
        message: `${nameOf(rendering)} claims ${url}, and so does ${first === undefined ? '' : nameOf(first.rendering)}`,
        cause: 'The ingress controller would send requests to one of the two, or refuse both.',
        remedy: 'Give one of them another host or path.',
      })),
    )
  },
}

function routesOf(rendering: Rendering): Route[] {
  const spec = at(rendering.object, 'spec')
  const className = text(at(spec, 'ingressClassName')) ?? ''
  return entries(at(spec, 'rules')).flatMap(rule =>
    entries(at(rule, 'http', 'paths')).map(({ path }) => {
      const url = `${text(rule['host']) ?? '*'}${(text(path) ?? '/').replace(/(?<=.)\/$/, '')}`
      return { rendering, url, key: `${className} ${url}` }
    }),
  )
}
