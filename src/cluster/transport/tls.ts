import { readFileSync } from 'node:fs'
import { getCACertificates, type ConnectionOptions } from 'node:tls'
import { failure } from '../../problem/index.ts'
import type { Access } from '../kubeconfig/choose.ts'

interface ClientPair {
  cert?: Buffer
  key?: Buffer
}

type TlsOptions = Omit<ConnectionOptions, keyof ClientPair> & ClientPair

/** TLS options of a context. Files are read anew at each call: certificates are rotated. Throws a SlipwayError with code `kubeconfig`. */
export function tlsOptions(access: Access): TlsOptions {
  const { context, server, cluster } = access
  if (server.protocol === 'http:') return {}
  const ca = material({
    context,
    what: 'certificate-authority',
    data: cluster['certificate-authority-data'],
    file: cluster['certificate-authority'],
  })
  return {
    ca: ca ?? systemAuthorities(),
    ...ownPair(access),
    ...(cluster['insecure-skip-tls-verify'] === true && { rejectUnauthorized: false }),
    ...(cluster['tls-server-name'] && { servername: cluster['tls-server-name'] }),
  }
}

/** The client's own certificate and key, without the authorities, which take long to collect. */
export function ownPair({ context, server, user }: Access): ClientPair {
  if (server.protocol === 'http:') return {}
  const read = (what: 'client-certificate' | 'client-key') =>
    material({ context, what, data: user[`${what}-data`], file: user[what] })
  const [cert, key] = [read('client-certificate'), read('client-key')]
  return { ...(cert && { cert }), ...(key && { key }) }
}

interface Material {
  context: string
  what: string
  data: string | undefined
  file: string | undefined
}

/** As in client-go, data wins over a file. */
function material({ context, what, data, file }: Material): Buffer | undefined {
  if (data) return Buffer.from(data, 'base64')
  if (!file) return undefined
  try {
    return readFileSync(file)
  } catch (error) {
    throw failure('kubeconfig', `the ${what} of the context "${context}" cannot be read: ${file}`, {
      error,
      cause: (error as NodeJS.ErrnoException).code ?? '',
      remedy: 'Repair the kubeconfig, or choose another context.',
    })
  }
}

/** Like kubectl, trust what the machine trusts when the kubeconfig names no authority; Node alone knows only its own list. */
function systemAuthorities(): string[] {
  return [...getCACertificates('default'), ...getCACertificates('system')]
}
