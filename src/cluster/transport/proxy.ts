import { BlockList, isIP } from 'node:net'

/**
 * The proxy for this server: the kubeconfig's proxy-url, else HTTPS_PROXY or HTTP_PROXY unless NO_PROXY names the host.
 * Rules of Go's golang.org/x/net/http/httpproxy, so that slipway and kubectl take the same way: CIDR ranges count,
 * loopback addresses are never sent through a proxy.
 */
export function proxyFor(
  server: URL,
  proxyUrl: string | undefined,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  if (proxyUrl !== undefined && proxyUrl !== '') return proxyUrl
  const { HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy, NO_PROXY, no_proxy } = environment
  const proxy =
    server.protocol === 'https:' ? (HTTPS_PROXY ?? https_proxy) : (HTTP_PROXY ?? http_proxy)
  if (proxy === undefined || proxy === '') return undefined
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  return isLoopback(host) || isExempt(host, server, NO_PROXY ?? no_proxy ?? '')
    ? undefined
    : withScheme(proxy)
}

/** Whether this host is this machine; `localhost` by name, addresses by range. */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || (isIP(host) !== 0 && LOOPBACK.some(net => inSubnet({ ...net, host })))
  )
}

const LOOPBACK = [
  { network: '127.0.0.0', bits: 8 },
  { network: '::1', bits: 128 },
]

function isExempt(host: string, server: URL, noProxy: string): boolean {
  return noProxy
    .split(',')
    .map(entry => entry.trim().toLowerCase())
    .some(entry => entry === '*' || entry === `${host}:${portOf(server)}` || covers(entry, host))
}

function covers(entry: string, host: string): boolean {
  if (entry === '') return false
  const [network = '', bits] = entry.split('/')
  if (bits !== undefined)
    return (
      isIP(network) !== 0 &&
      isIP(host) === isIP(network) &&
      inSubnet({ network, bits: Number(bits), host })
    )
  const suffix = entry.replace(/^\*?\./, '')
  return (suffix === entry && host === entry) || host.endsWith(`.${suffix}`)
}

function inSubnet({
  network,
  bits,
  host,
}: {
  network: string
  bits: number
  host: string
}): boolean {
  const list = new BlockList()
  try {
    list.addSubnet(network, bits, family(network))
  } catch {
    return false
  }
  return list.check(host, family(host))
}

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** The port, also where the URL leaves it to the scheme. */
export function portOf(server: URL): string {
  if (server.port !== '') return server.port
  return server.protocol === 'https:' ? '443' : '80'
}

const withScheme = (proxy: string) => (proxy.includes('://') ? proxy : `http://${proxy}`)
