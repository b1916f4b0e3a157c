import { readFileSync } from 'node:fs'
import { getCACertificates } from 'node:tls'
import type { ConnectionOptions } from 'node:tls'
import { failure } from '../../problem/index.ts'
import type { Access } from '../kubeconfig/choose.ts'

type TlsOptions = Omit<ConnectionOptions, 'cert' | 'key'> & { cert?: Buffer; key?: Buffer }

/** TLS options of a context. Files are read anew at each call: certificates are rotated. Throws a SlipwayError with code `kubeconfig`. */
export function tlsOptions({ context, server, cluster, user }: Access): TlsOptions {
  if (server.protocol === 'http:') return {}
  const read = (what: string, data: string | undefined, file: string | undefined) =>
    material({ context, what, data, file })
  const ca = read(
    'certificate-authority',
    cluster['certificate-authority-data'],
    cluster['certificate-authority'],
  )
  const cert = read(
    'client-certificate',
    user['client-certificate-data'],
    user['client-certificate'],
  )
  const key = read('client-key', user['client-key-data'], user['client-key'])
  return {
    ca: ca ?? systemAuthorities(),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(cluster['insecure-skip-tls-verify'] === true && { rejectUnauthorized: false }),
    ...(cluster['tls-server-name'] && { servername: cluster['tls-server-name'] }),
  }
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
