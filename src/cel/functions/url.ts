import { charge, chargeText } from '../budget.ts'
import { celFailure } from '../failure.ts'
import type { Functions } from './functions.ts'

/** The parts of a URL as Go's net/url splits it: nothing is normalized. */
export class Url {
  readonly text: string
  readonly scheme: string
  readonly host: string
  readonly path: string
  readonly query: string
  constructor(parts: { text: string; scheme: string; host: string; path: string; query: string }) {
    this.text = parts.text
    this.scheme = parts.scheme
    this.host = parts.host
    this.path = parts.path
    this.query = parts.query
  }
  valueOf(): string {
    return this.text
  }
}

export const urlFunctions: Functions = {
  'url(string): URL': (text: string) => {
    const url = urlOf(text)
    if (url === undefined) throw celFailure(`"${text}" is not an absolute URL`)
    return url
  },
  'isURL(string): bool': isUrl,
  'URL.getScheme(): string': ({ scheme }: Url) => scheme,
  'URL.getHost(): string': ({ host }: Url) => host,
  'URL.getHostname(): string': ({ host }: Url) => hostAndPort(host).name,
  'URL.getPort(): string': ({ host }: Url) => hostAndPort(host).port,
  'URL.getEscapedPath(): string': ({ path }: Url) =>
    path.replaceAll(/[^\u0021-\u007E]+/g, encodeURIComponent),
  'URL.getQuery(): map<string, list<string>>': ({ query }: Url) => queryOf(query),
}

export function isUrl(text: string): boolean {
  return urlOf(text) !== undefined
}

const ABSOLUTE = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(#.*)?$/s
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0020\u007F]/

function urlOf(text: string): Url | undefined {
  chargeText(text)
  const [match, scheme = '', authority, path = '', query = ''] = ABSOLUTE.exec(text) ?? []
  if (match === undefined || text === '' || CONTROL.test(text)) return undefined
  // Without a scheme only a path is one.
  if (scheme === '' && !text.startsWith('/')) return undefined
  if (scheme !== '' && authority === undefined && !path.startsWith('/')) return opaque(text, scheme)
  const host = authority?.replace(/^.*@/, '') ?? ''
  if (!isHost(host) || /%(?![\da-fA-F]{2})/.test(path)) return undefined
  return new Url({ text, scheme: scheme.toLowerCase(), host, path, query })
}

/** `mailto:a@example.com`: a URL without host and path. */
function opaque(text: string, scheme: string): Url {
  return new Url({ text, scheme: scheme.toLowerCase(), host: '', path: '', query: '' })
}

function isHost(host: string): boolean {
  return /^(\[[\da-fA-F:.]+(%25[^\]]*)?\]|[^[\]:"<>\\^`{|}]*)(:\d*)?$/.test(host)
}

function hostAndPort(host: string): { name: string; port: string } {
  const [, name = '', port = ''] = /^(.*?)(?::(\d*))?$/.exec(host) ?? []
  return { name: name.replace(/^\[(.*)\]$/, '$1'), port }
}

function queryOf(query: string): Map<string, string[]> {
  const values = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(query)) {
    charge(1)
    const known = values.get(name)
    if (known === undefined) values.set(name, [value])
    else known.push(value)
  }
  return values
}
